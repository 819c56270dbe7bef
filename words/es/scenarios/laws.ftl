# The plan's laws, which stand in every Math Peek.
laws-cost = Ley del dominio del coste de servicio: OpEx ≫ CapEx
# Indices of C, the cost, in the law.
laws-cost-serve = servir
laws-cost-train = entrenar
# { $days } comes with its unit: "40.0 days".
laws-cost-numbers = { $users } usuarios × { $requests } al día × 365 × { $price } = { $year } al año, frente a { $training } de entrenar una sola vez: el { $share } del primer año es servir, y supera al entrenamiento a los { $days }
laws-pace = TTFT frente a TPOT
laws-pace-words = El primer token cuesta una pasada entera por el prompt (cómputo); cada uno de los siguientes, una pasada por los pesos (memoria). La espera se ve en el TTFT; la aglomeración, en el TPOT
laws-pace-numbers = Hoy, para una respuesta de { $tokens } tokens: { $ttft } + { $further } × { $tpot } = { $whole }. { laws-pace-words }
laws-source = Machine Learning Systems, volumen 2, capítulo «Distributed Inference»
