# Axes of the open bench's figures, and what is written at their lines

bench-axis-time = Momento de llegada
bench-axis-ttft-p99 = P99 hasta el primer token
bench-axis-seconds = Tiempo
bench-axis-arrivals = Llegadas por segundo
bench-axis-share = Peticiones por debajo (%)
bench-axis-usd = Dólares por hora
bench-limit-ttft = límite del primer token
bench-limit-tpot = límite del tiempo por token
# $fleet is a or b
bench-line-fleet = { $fleet ->
    [a] A
   *[b] B
}
# $fleet is a, b, or alone if there is one only
bench-line-time = { $what ->
    [ttft_s] primer token
    [tpot_s] por token
   *[response_s] respuesta
}{ $fleet ->
    [a] , A
    [b] , B
   *[alone] {""}
}
