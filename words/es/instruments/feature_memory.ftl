# The memory in which cameras keep feature maps of past frames, shown as a KV cache is.
features-title = La memoria de características, celda a celda
features-memory = celdas por dirección
features-held = Mapas de características
features-sentence = Tras { $time } con el asignador { $allocator }, el { $held } de la memoria de características contiene mapas, el { $lost } está ocupado o inutilizable y no contiene nada, y el { $free } está libre; { $running ->
    [one] { $running } cámara tiene su memoria
   *[other] { $running } cámaras tienen su memoria
} y { $waiting ->
    [one] { $waiting } no encuentra sitio
   *[other] { $waiting } no encuentran sitio
}.
features-sentence-empty = La película no tiene fotogramas, así que no se conoce el estado de la memoria de características.
features-formula = Proporción de la memoria de características que contiene mapas
features-formula-held = memoria de los mapas de características
features-formula-whole = memoria de características entera
features-formula-numbers = { $held } / { $whole } = { $share }; en una celda caben { $room } mapas de la cámara más grande, { $cell }
features-formula-source = Ranuras frente a páginas como en Kwon et al. (2023); los tamaños de los mapas son los de la misión
