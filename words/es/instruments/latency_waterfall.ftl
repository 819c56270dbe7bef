# Two latencies by cause. { $first_cause } and { $second_cause } are such as "compute (59%)", in
# Spanish with the article: «el cómputo (59 %)».
waterfall-title = En qué se va la latencia
waterfall-first = Tiempo hasta el primer token
waterfall-second = Tiempo por token de salida
waterfall-queue = Cola
    .phrase = la cola
waterfall-compute = Cómputo
    .phrase = el cómputo
waterfall-memory = Memoria
    .phrase = la memoria
waterfall-communication = Comunicación
    .phrase = la comunicación
waterfall-bubble = Burbujas
    .phrase = las burbujas
waterfall-overhead = Overhead
    .phrase = el overhead
waterfall-cause = { $cause } ({ $share })
waterfall-sentence = El primer token tarda { $first }, { $verdict ->
    [within] dentro
   *[beyond] fuera
} del límite de { $limit }, con { $first_cause } como causa principal; cada token posterior tarda { $second }, con { $second_cause } como causa principal.
waterfall-sentence-overloaded = { $pace ->
    [finite] Para algunas peticiones el primer token no llega nunca: la cola crece sin fin; cada token posterior tarda { $second }, con { $second_cause } como causa principal.
   *[endless] Para algunas peticiones el primer token no llega nunca, y tampoco los siguientes: la cola crece sin fin.
}
# The sentence above, and one on the first latency with nobody else there.
waterfall-and-alone = { $said } { $alone }
# In place of a figure, where the deployment cannot be made.
waterfall-does-not-fit = no cabe
waterfall-table = Latencia por componente
waterfall-column = Componente
# A latency of another deployment: "TTFT, start".
waterfall-column-ghost = { $latency }, { $whose }
waterfall-formula = { $latency } por componente
waterfall-formula-numbers = { $queue } + { $compute } + { $memory } + { $communication } + { $bubble } + { $overhead } = { $total }
waterfall-formula-source = Pope et al., Efficiently Scaling Transformer Inference (2022), para cómputo, memoria y comunicación; Huang et al., GPipe (2019), para las burbujas
