# Measured points over the model's curve. { $setting } says what was measured.
reality-title = Reality check
reality-axis-clients = Clients at once (log scale)
reality-axis-pace = Time per token
reality-curve = model
reality-sentence = Measured on { $setting }: the model's time per token is off by { $error } in the mean over { $points ->
    [one] { $points } point
   *[other] { $points } points
}.
# A sentence and a further one that says what the points don't cover.
reality-noted = { $sentence } { $note }
reality-table = Time per token, { $setting }. Source: { $source }
reality-column-clients = Clients
reality-column-measured = Measured
reality-column-model = Model
reality-column-error = Error
reality-formula = Mean absolute error of the model
reality-formula-model = model
reality-formula-measured = measured
reality-formula-numbers = over { $points ->
    [one] { $points } point
   *[other] { $points } points
}: { $error }
