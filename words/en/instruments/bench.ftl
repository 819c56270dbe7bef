# Axes of the open bench's figures

bench-axis-time = Time of arrival (s)
bench-axis-ttft-p99 = P99 time to first token (s)
bench-axis-ttft = Time to first token (s)
bench-axis-share = Share of requests below (%)
bench-axis-usd = Dollars an hour
