# How numbers and quantities are written. { $number } comes with separators and the right digits.
number-decimal = ,
number-group = {"\u202F"}
# A group separator stands in numbers of so many digits before the point and more.
number-grouping-from-digits = 5

amount-number = { $number }
amount-unknown = desconocido
amount-infinite = ∞
amount-minus-infinity = −∞
amount-without-end = sin fin
amount-percent = { $number } %
amount-times = { $number ->
    [1] una vez
   *[other] { $number } veces
}
amount-ratio = { $number }×
amount-dollars = ${ $number }
amount-million-dollars = ${ $number } millones
amount-microseconds = { $number } µs
amount-milliseconds = { $number } ms
amount-seconds = { $number } s
amount-minutes = { $number } min
amount-hours = { $number } h
amount-days = { $number ->
    [1] { $number } día
   *[other] { $number } días
}
amount-years = { $number ->
    [1] { $number } año
   *[other] { $number } años
}
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
amount-tokens = { $number ->
    [1] { $number } token
   *[other] { $number } tokens
}
amount-tokens-per-s = { $number } tokens/s
amount-requests-per-s = { $number } peticiones/s
amount-calls-per-s = { $number } llamadas/s
amount-frames-per-s = { $number } fotogramas/s
amount-captions-per-s = { $number } subtítulos/s
amount-packets-per-s = { $number } paquetes/s
amount-gigaflop = { $number } Gflop
amount-teraflop = { $number } Tflop
amount-replies = { $number ->
    [1] { $number } respuesta
   *[other] { $number } respuestas
}
amount-users = { $number ->
    [1] { $number } usuario
   *[other] { $number } usuarios
}
amount-sessions = { $number ->
    [1] { $number } sesión
   *[other] { $number } sesiones
}
amount-pairs = { $number ->
    [1] { $number } par
   *[other] { $number } pares
}
amount-ears = { $number ->
    [1] { $number } oído
   *[other] { $number } oídos
}
amount-frames = { $number ->
    [1] { $number } fotograma
   *[other] { $number } fotogramas
}
amount-layers = { $number ->
    [1] { $number } capa
   *[other] { $number } capas
}

list-middle = { $before }, { $after }
list-end = { $before } y { $after }
