# Reading a trace of requests that somebody else recorded.

## Why a file is refused

trace-empty = The file is empty.
trace-header-only = The file has a header and no requests.
trace-one-request = The file has one request. A trace needs two or more.
trace-too-large = The file has { $size }. At most { $most } are read: cut it, or thin it first.
trace-too-many = The file has more than { $most } lines. Cut it, or thin it first.
# $kind is a format, such as PNG
trace-binary = This is a { $kind } file, not text. A trace is a CSV file, or one JSON object a line.
trace-not-text = This is no text file. A trace is a CSV file, or one JSON object a line.
trace-no-lines = The file has a megabyte without an end of line, so it is no trace.
trace-unknown-columns = The first line is “{ $header }”. Known are Azure’s columns (TIMESTAMP, ContextTokens, GeneratedTokens), BurstGPT’s and Mooncake’s; name others by hand.
trace-no-column = There is no column “{ $column }” in “{ $header }”.
# $reason is one of the sentences below
trace-mostly-bad = { $bad } of { $lines } lines can’t be used. The first is line { $line }: { $reason }

## Why a line is left out

trace-bad-number = “{ $text }” is not a whole number of tokens.
trace-too-few-tokens = “{ $text }” tokens: a prompt and a reply have at least one.
trace-too-many-tokens = “{ $text }” tokens are more than any model takes.
trace-bad-time = “{ $text }” is neither a time nor a number of seconds.
trace-bad-fields = It has { $fields ->
    [one] { $fields } field
   *[other] { $fields } fields
} for { $columns } columns.
trace-bad-json = “{ $text }” is no JSON object with the fields of a trace.

## What a reader should know of a trace that was read

trace-bad-lines = { $bad ->
    [one] { $bad } line was left out. It
   *[other] { $bad } lines were left out. The first
} is line { $line }: { $reason }
trace-unsorted = The lines were not in the order of time; they were sorted.
trace-mixed-zones = { $unzoned ->
    [one] { $unzoned } time has
   *[other] { $unzoned } times have
} no time zone, others have; they were taken for UTC.
trace-duplicates = { $duplicates ->
    [one] { $duplicates } request equals
   *[other] { $duplicates } requests equal
} the one before in time and lengths. All were kept.
trace-thinned = Of { $whole } requests { $kept } are replayed: stretches of consecutive ones from all of the trace, put end to end. Rates, bursts and lengths stay as they were; an overload that lasts longer than a stretch builds a shorter queue than it did.
# $share of the tokens of all prompts
trace-beginnings = The trace tells which prompts begin alike: with prefix caching, a cache without bounds would find { $share } of their tokens.
trace-many-blocks = The trace has more than { $most } hashes of blocks, so which prompts begin alike was left out.
