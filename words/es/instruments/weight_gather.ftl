# What a layer sends when its weights stay, and when they are gathered.
gather-title = Reunir los pesos
gather-axis-tokens = Tokens en el batch (escala log)
gather-axis-sent = Envío por capa
gather-axis-log = { $unit }, escala log
gather-hover-tokens = Tokens
gather-hover-sent = Envío por capa
gather-line-stay = pesos fijos
gather-line-gather = pesos reunidos
gather-crossing = { $tokens } tokens
gather-region = reunir envía menos
gather-now = ahora { $tokens }
gather-meet = las dos se cruzan en { $tokens } tokens
gather-never-meet = las dos no se cruzan nunca
# { $turn } is one of the two before.
gather-sentence = Con { $tokens } tokens por batch, { $winner ->
    [gather] reunir los pesos
   *[stay] dejar fijos los pesos
} { $some ->
    [yes] envía { $factor } menos
   *[no] no envía nada
} ({ $less } frente a { $more } por capa); { $turn }.
gather-sentence-alone = Con TP = 1, una GPU tiene sus capas para ella sola: dentro de una capa no se envía nada, ni activaciones ni pesos.
gather-sentence-even = Con { $tokens } tokens por batch, ambas opciones envían lo mismo; { $turn }.
gather-table = Envío por capa y dispositivo
gather-row-now = { $tokens } (ahora)
gather-column-tokens = Tokens en el batch
gather-column-stay = Pesos fijos
gather-column-gather = Pesos reunidos
gather-formula-stay = Pesos fijos: dos all-reduce de las activaciones en cada capa
gather-formula-stay-index = fijos
gather-formula-stay-numbers = n = { $tokens } tokens: { $volume }
gather-formula-gather = Pesos reunidos: las matrices de una capa, sea cual sea el batch
gather-formula-gather-index = reunidos
gather-formula-gather-numbers = { $meets ->
    [yes] { $volume }; iguales con n = { $tokens } tokens
   *[no] { $volume }; no se igualan con ningún batch
}
# Indices of b, the bytes of one number.
gather-formula-activation = act
gather-formula-weight = peso
gather-formula-source = Pope et al., Efficiently Scaling Transformer Inference (2022)
