# The plan's laws, which stand in every Math Peek.
laws-cost = Serving Cost Dominance Law: OpEx ≫ CapEx
# Indices of C, the cost, in the law.
laws-cost-serve = serve
laws-cost-train = train
# { $days } comes with its unit: "40.0 days".
laws-cost-numbers = { $users } users × { $requests } a day × 365 × { $price } = { $year } a year, against { $training } of training once: { $share } of the first year is serving, and it overtakes training after { $days }
laws-pace = TTFT against TPOT
laws-pace-words = The first token costs a whole pass over the prompt (compute); each further one a pass over the weights (memory). Waiting shows in TTFT, crowding in TPOT
laws-pace-numbers = Today, for a reply of { $tokens } tokens: { $ttft } + { $further } × { $tpot } = { $whole }. { laws-pace-words }
laws-source = Machine Learning Systems, volume 2, chapter “Distributed Inference”
