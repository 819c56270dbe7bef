# Axes of the open bench's figures, and what is written at their lines

bench-axis-time = Time of arrival
bench-axis-ttft-p99 = P99 time to first token
bench-axis-seconds = Time
bench-axis-arrivals = Arrivals a second
bench-axis-share = Share of requests below (%)
bench-axis-usd = Dollars an hour
bench-limit-ttft = limit of the first token
bench-limit-tpot = limit of the time per token
# $fleet is a or b
bench-line-fleet = { $fleet ->
    [a] A
   *[b] B
}
# $fleet is a, b, or alone if there is one only
bench-line-time = { $what ->
    [ttft_s] first token
    [tpot_s] per token
   *[response_s] response
}{ $fleet ->
    [a] , A
    [b] , B
   *[alone] {""}
}
