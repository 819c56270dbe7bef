tiny-memory-budget = SRAM de un módulo
tiny-memory-axis = Memoria
tiny-memory-weights = Pesos
tiny-memory-scratch = Área temporal
tiny-memory-used = Estado en uso
tiny-memory-reserved = Reservada, vacía
tiny-memory-neuralaids = NeuralAids, en el oído
tiny-memory-source = Búfer circular de una capa: (coeficientes − 1) × dilatación × canales, en números; una ranura es tan larga como la más larga
tiny-memory-places = { $places ->
    [one] { $places } plaza
   *[other] { $places } plazas
}, { $ears ->
    [one] { $ears } oído
   *[other] { $ears } oídos
}
tiny-memory-past = oye { $past } del pasado
tiny-memory-rate = { $ears ->
    [one] { $rate } de { $ears } oído
   *[other] { $rate } de { $ears } oídos
}
tiny-memory-state = { $size } de estado por oído
tiny-memory-of-weights = { $size } de pesos
tiny-memory-truth = En ranuras caben { $slots } oídos y en búferes circulares { $ring }: de { $reserved } reservados para un oído, este no usa nunca más de { $used }, el { $share }.
tiny-memory-serving-cost = Coste de servicio: lo que consume un módulo se reparte entre los oídos que caben en su memoria
tiny-memory-ear = oído
tiny-memory-module = módulo
tiny-memory-ears = oídos
tiny-memory-shared = { $module } / { $ears } = { $each }
tiny-memory-shared-by-nobody = no se atiende a nadie, así que la potencia no se reparte entre nadie
tiny-memory-serving-cost-source = Las energías del módulo son supuestos; NeuralAids aparece al lado tal como se midió
