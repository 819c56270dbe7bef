# Measured points over the model's curve. { $setting } says what was measured.
reality-title = Contraste con la realidad
reality-axis-clients = Clientes a la vez (escala log)
reality-axis-pace = Tiempo por token
reality-curve = modelo
reality-sentence = Medido con { $setting }: el tiempo por token del modelo se desvía un { $error } de media en { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
}.
# A sentence and a further one that says what the points don't cover.
reality-noted = { $sentence } { $note }
reality-table = Tiempo por token, { $setting }. Fuente: { $source }
reality-column-clients = Clientes
reality-column-measured = Medido
reality-column-model = Modelo
reality-column-error = Error
reality-formula = Error absoluto medio del modelo
reality-formula-model = modelo
reality-formula-measured = medido
reality-formula-numbers = en { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
}: { $error }
