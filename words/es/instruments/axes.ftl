# Titles and units of the figures' axes, and what several figures say.
# { $words } names the quantity, { $unit } its unit.
axis-title = { $words } ({ $unit })
axis-microseconds = µs
axis-milliseconds = ms
axis-seconds = s
axis-kibibytes = KiB
axis-mebibytes = MiB
axis-megabytes = MB
axis-gigabytes = GB
axis-gigabytes-per-s = GB/s
axis-milliwatts = mW
axis-watts = W
axis-dollars = $
axis-requests-per-s = peticiones/s
axis-frames-per-s = fotogramas/s
axis-captions-per-s = subtítulos/s
# A tick of a logarithmic axis: 10k, 1M.
axis-thousand = { $number }k
axis-million = { $number }M
axis-billion = { $number }G
# What a figure says under the pointer; { $field } becomes a number there.
axis-hover = { $field } { $unit }
axis-no-value = –
