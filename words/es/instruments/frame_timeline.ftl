frames-title = Fotograma a fotograma
frames-number-axis = Últimos { $frames } fotogramas, en orden
frames-time-axis = Tiempo por fotograma
frames-frame = Fotograma
frames-took = Tardó
frames-deadline = plazo { $deadline }
frames-none = Aún no hay fotogramas
# $verdict: whether the share of late frames is within what is allowed.
frames-heading = ▼ { $late } de { $drawn } con retraso ({ $share }): { frames-heading-verdict }
frames-heading-of-all = ▼ { $late } de { $drawn } con retraso ({ $share } de { $frames }): { frames-heading-verdict }
frames-heading-verdict = { $verdict ->
    [within] permitido
   *[beyond] demasiados
}

frames-summary-none = Aún no se ha dibujado ningún fotograma.
frames-summary = { $come ->
    [all] El fotograma medio tarda { $mean }
   *[some] Algunos fotogramas no llegan nunca
}, y { $late } de { $frames } fotogramas ({ $share }) incumplen el plazo de { $deadline }, { $verdict ->
    [within] dentro
   *[beyond] por encima
} del { $limit } permitido.

frames-caption = Fotogramas frente a un plazo de { $deadline }
frames-column-of = De los fotogramas
frames-column-value = Valor
frames-row-frames = Fotogramas
frames-row-late = Con retraso
frames-row-share = Proporción con retraso
frames-row-mean = Media
frames-row-median = Mediana
frames-row-longest = El más largo

frames-formula = Tirones
frames-formula-late = con retraso
frames-formula-numbers = { $late } / { $frames } = { $share }; el plazo es un fotograma a { $rate }
# The same where the frames are drawn from a law, which has the share more exactly than a count.
frames-formula-numbers-law = { $share } según la distribución de los fotogramas; de { $frames } tomados de ella, { $late } con retraso; el plazo es un fotograma a { $rate }
frames-formula-source = Definición; el límite es el de la misión
