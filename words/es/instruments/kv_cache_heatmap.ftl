# The memory of a KV cache by state, one frame at a time.
heatmap-title = La caché KV, celda a celda
heatmap-memory = celdas por dirección
heatmap-held = Estados de tokens
heatmap-free = Libre
heatmap-reserved = Reservado
heatmap-internal = Fragmentación interna
    .short = Frag. interna
heatmap-external = Fragmentación externa
    .short = Frag. externa
heatmap-time = Tiempo
heatmap-swatch = { $state } { $share }
# { $allocator } is such as "contiguous".
heatmap-sentence = Tras { $time } con el asignador { $allocator }, el { $held } de la caché contiene estados de tokens, el { $lost } está ocupado o inutilizable y no contiene nada, y el { $free } está libre; { $running ->
    [one] { $running } petición está en curso
   *[other] { $running } peticiones están en curso
} y { $waiting ->
    [one] { $waiting } espera
   *[other] { $waiting } esperan
}, y en toda la simulación hay { $preemptions ->
    [one] { $preemptions } desalojo
   *[other] { $preemptions } desalojos
}.
# A sentence and one more.
heatmap-noted = { $said } { $note }
heatmap-sentence-empty = La película no tiene fotogramas, así que no se conoce el estado de la caché.
heatmap-table = Celdas por estado, fotograma { $frame } de { $frames }
heatmap-table-empty = Celdas por estado
heatmap-column-state = Estado
heatmap-column-cells = Celdas
heatmap-column-share = Proporción
heatmap-column-memory = Memoria
heatmap-formula = Proporción de la caché que contiene estados de tokens
heatmap-formula-held = memoria de los estados de tokens
heatmap-formula-whole = memoria de la caché
# { $room } is the tokens that a cell has room for, { $cell } its memory.
heatmap-formula-numbers = { $held } / { $whole } = { $share }; en una celda caben { $room } tokens, { $cell }
heatmap-formula-source = Kwon et al., Efficient Memory Management for LLM Serving with PagedAttention (2023): del 20,4 % al 38,2 % en los sistemas anteriores, 96,3 % con páginas
