# What a layer sends when its weights stay, and when they are gathered.
gather-title = Weight gather
gather-axis-tokens = Tokens in the batch (log scale)
gather-axis-sent = Sent per layer
gather-axis-log = { $unit }, log scale
gather-hover-tokens = Tokens
gather-hover-sent = Sent per layer
gather-line-stay = weights stay
gather-line-gather = weights gathered
gather-crossing = { $tokens } tokens
gather-region = gathering sends less
gather-now = now { $tokens }
gather-meet = the two meet at { $tokens } tokens
gather-never-meet = the two never meet
# { $turn } is one of the two before.
gather-sentence = At { $tokens } tokens a batch { $winner ->
    [gather] gathering the weights
   *[stay] keeping the weights
} sends { $some ->
    [yes] { $factor } less
   *[no] nothing
} ({ $less } against { $more } per layer); { $turn }.
gather-sentence-alone = With TP = 1 a GPU has its layers to itself: within a layer nothing is sent, neither activations nor weights.
gather-sentence-even = At { $tokens } tokens a batch both send the same; { $turn }.
gather-table = Sent per layer and device
gather-row-now = { $tokens } (now)
gather-column-tokens = Tokens in the batch
gather-column-stay = Weights stay
gather-column-gather = Weights gathered
gather-formula-stay = Weights stay: two all-reduces of the activations in a layer
gather-formula-stay-index = stay
gather-formula-stay-numbers = n = { $tokens } tokens: { $volume }
gather-formula-gather = Weights gathered: the matrices of a layer, whatever the batch
gather-formula-gather-index = gather
gather-formula-gather-numbers = { $meets ->
    [yes] { $volume }; equal at n = { $tokens } tokens
   *[no] { $volume }; equal at no batch
}
# Indices of b, the bytes of one number.
gather-formula-activation = act
gather-formula-weight = weight
gather-formula-source = Pope et al., Efficiently Scaling Transformer Inference (2022)
