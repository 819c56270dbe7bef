# What the open bench says of itself.

bench-paste-first = Paste the config.json of a model below, or choose one of the list.
bench-drop = { $awaited ->
    [yes] This link was made with a trace that is not part of it: choose the same file below.
   *[no] Choose a trace below: a CSV file, or one JSON object a line. It stays on this computer.
}
bench-other-trace = This is not the trace that the link was made with, so its figures differ.
bench-reading = { $lines ->
    [one] { $lines } line read
   *[other] { $lines } lines read
}
# $form is whose columns they are
bench-read = { $lines ->
    [one] { $lines } line was read
   *[other] { $lines } lines were read
}, with { $form ->
    [azure] Azure’s columns
    [burstgpt] BurstGPT’s columns
    [mooncake] Mooncake’s fields
   *[named] the columns that were named
}.
bench-search-none-yet = { $done } of { $total } placements: none meets the SLO so far.
bench-search-best = { $done } of { $total } placements: the cheapest that meets the SLO costs { $price } an hour.
