# How numbers and quantities are written. { $number } comes with separators and the right digits.
number-decimal = .
number-group = ,
# A group separator stands in numbers of so many digits before the point and more.
number-grouping-from-digits = 4

amount-number = { $number }
amount-unknown = not known
amount-infinite = ∞
amount-minus-infinity = −∞
amount-without-end = without end
amount-percent = { $number }%
amount-times = { $number ->
    [1] once
   *[other] { $number } times
}
amount-ratio = { $number }×
amount-dollars = ${ $number }
amount-million-dollars = ${ $number } million
amount-microseconds = { $number } µs
amount-milliseconds = { $number } ms
amount-seconds = { $number } s
amount-minutes = { $number } min
amount-hours = { $number } h
amount-days = { $number } days
amount-years = { $number } years
amount-bytes = { $number } B
amount-kilobytes = { $number } kB
amount-megabytes = { $number } MB
amount-gigabytes = { $number } GB
amount-terabytes = { $number } TB
amount-kibibytes = { $number } KiB
amount-mebibytes = { $number } MiB
amount-gibibytes = { $number } GiB
amount-kilobytes-per-s = { $number } kB/s
amount-megabytes-per-s = { $number } MB/s
amount-gigabytes-per-s = { $number } GB/s
amount-terabytes-per-s = { $number } TB/s
amount-kilobits-per-s = { $number } kbit/s
amount-megabits-per-s = { $number } Mbit/s
amount-gigabits-per-s = { $number } Gbit/s
amount-microwatts = { $number } µW
amount-milliwatts = { $number } mW
amount-watts = { $number } W
amount-kilowatts = { $number } kW
amount-microjoules = { $number } µJ
amount-millijoules = { $number } mJ
amount-joules = { $number } J
amount-kilojoules = { $number } kJ
amount-hertz = { $number } Hz
amount-tokens = { $number } tokens
amount-tokens-per-s = { $number } tokens/s
amount-requests-per-s = { $number } requests/s
amount-calls-per-s = { $number } calls/s
amount-frames-per-s = { $number } frames/s
amount-captions-per-s = { $number } captions/s
amount-packets-per-s = { $number } packets/s
amount-gigaflop = { $number } Gflop
amount-teraflop = { $number } Tflop

list-middle = { $before }, { $after }
list-end = { $before } and { $after }
