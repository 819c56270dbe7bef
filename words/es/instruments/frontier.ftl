# Latency against the rate of arrivals. { $quantile } is "P99" or "P99.9"; { $latency } such as
# "time to first token" (here with its preposition: «hasta el primer token»); { $policy } such as
# "static batching"; { $rate } comes with its unit.
frontier-title = Latencia frente a throughput
frontier-rate = Tasa de llegada
frontier-axis = { $quantile } { $latency } (escala log)
frontier-collapse = colapso
frontier-knee = codo
# Names the thin line: half of the requests fare better, half worse.
frontier-median = mediana
frontier-limit = SLA: { $quantile } ≤ { $limit }

frontier-sentence = A { $rate } (el { $share } de { $capacity }, lo máximo con { $policy }), el { $quantile } { $latency } es { $found }, { $verdict ->
    [within] dentro
   *[beyond] fuera
} del límite de { $limit }.
frontier-sentence-overloaded = A { $rate } (el { $share } de { $capacity }, lo máximo con { $policy }), la cola crece sin fin, así que no existe ningún { $quantile }.

# A sentence and one more.
frontier-noted = { $said } { $note }

frontier-table = { $quantile } { $latency } según la tasa de llegada
frontier-column-share = De la capacidad
frontier-column-curve = { $curve }: { $quantile }
frontier-row-now = { $rate } (ahora)
frontier-row-simulated = { $rate } (simulado)
# The middle of several runs of a simulation, the lowest and the highest.
frontier-spread = { $middle } (de { $low } a { $high })

frontier-utilization = Utilización
frontier-utilization-numbers = { $rate } de { $capacity }: ρ = { $share }
frontier-utilization-source = Kleinrock, Queueing Systems I (1975)
frontier-wall = Por qué hay un muro: respuesta frente a servicio en M/M/1
frontier-wall-numbers = Con ρ = { $share }, 1 / (1 − ρ) es { $factor }; al 80 % es 5×, al 90 % es 10×
frontier-wall-overloaded = Con ρ = { $share } no existe: ninguna cola se estabiliza con sobrecarga; al 80 % es 5×, al 90 % es 10×
frontier-wall-source = Kleinrock (1975), M/M/1. La curva misma viene del modelo de batching, no de esta fórmula
frontier-little = Ley de Little: peticiones en el sistema
frontier-little-numbers = { $rate } × { $response } = { $present }
frontier-little-overloaded = { $rate } frente a { $capacity }: el número en el sistema crece sin fin
frontier-little-source = Little (1961)
