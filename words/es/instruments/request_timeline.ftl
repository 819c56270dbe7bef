# Which request holds which slot of a batch. { $first } and { $second } are policies: "static
# batching" in the sentence, "Static" in the formula.
timeline-title = Ranuras
timeline-prefill = Prefill
timeline-decode = Decode
timeline-idle = Ranura ociosa
timeline-policy = Política
timeline-request = Petición
timeline-slot = Ranura
timeline-start = Inicio
timeline-first-token = Primer token
timeline-end = Fin
timeline-panel = { $policy }: { $busy } ocupado, { $finished } terminadas
timeline-sentence = En { $horizon }, el { $first } mantiene ocupadas sus { $slots } ranuras el { $first_busy } del tiempo y termina { $first_finished ->
    [one] { $first_finished } petición
   *[other] { $first_finished } peticiones
}; el { $second } mantiene ocupadas sus { $slots } ranuras el { $second_busy } del tiempo y termina { $second_finished ->
    [one] { $second_finished } petición
   *[other] { $second_finished } peticiones
}.
timeline-table = Peticiones en las ranuras
timeline-formula = Proporción del tiempo de ranura en la que se trabaja en una petición
# Indices of a time t in the formula.
timeline-formula-start = inicio
timeline-formula-end = fin
timeline-formula-numbers = { $first }: { $first_time } / ({ $slots } × { $horizon }) = { $first_busy }; { $second }: { $second_time } / ({ $slots } × { $horizon }) = { $second_busy }
timeline-formula-source = Yu et al., Orca: planificación por iteraciones (2022)
