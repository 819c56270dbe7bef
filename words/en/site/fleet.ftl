# The page of the open bench, "Your Fleet", and the ways to it

start-fleet = Your Fleet
start-fleet-about = An open bench without a prediction: your model, your accelerators, your traffic, your limits.
part-to-fleet = On with a fleet of your own

bench-page-title = Your Fleet · { site-name }
bench-page-heading = Your Fleet
bench-page-lead = Will this model on those accelerators carry your traffic within your limits, and what is the cheapest that does? Everything is computed in this page; nothing is uploaded.
bench-page-fleet = The fleet
bench-page-second = Fleet B
bench-page-own = A model of your own
bench-page-config = The model’s config.json from Hugging Face
bench-page-config-take = Take this model
bench-page-compare = Compare with a second fleet on the same traffic
bench-page-traffic = The traffic
bench-page-trace = A trace of your own: choose a file, or drop it here
bench-page-columns = Only for other columns: the names of time (in s), tokens in and tokens out, with commas between
bench-page-reading = Reading the trace
bench-page-slo = The limits
bench-page-figures = Figures
bench-page-to-answer = To the answer
bench-page-verdict = The answer in a sentence
bench-page-course = P99 time to first token over the trace’s time
bench-page-distribution = All times as distributions
bench-page-frontier = What the search has tried: price against P99
bench-page-search = The cheapest that does
bench-page-search-about = Tries every split, number of replicas, pools and accelerator of the list with this model, engine and type of weights: first by formula, then by simulation of 1,000 requests of the traffic. A fleet that costs more than twice the cheapest found is left out.
bench-page-found = Fleets that the search has tried
bench-page-search-act = Search
bench-page-search-stop = Stop
bench-page-take = To take away
bench-page-figure = Figure
bench-page-python = Python that gives the same figures
bench-page-commands = Command lines for vLLM, SGLang and TensorRT-LLM
bench-page-commands-about = Of one replica. Take them as a start: flags change from version to version.
bench-page-png = PNG
bench-page-svg = SVG
