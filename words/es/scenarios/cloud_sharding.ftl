# Cloud Titan, part 2.
cloud-sharding-too-many = TP = { $tp } por PP = { $pp } necesita { $gpus } GPU, y hay { $there }.
cloud-sharding-unfit = { $gpus ->
    [one] En una GPU no caben los pesos en { $dtype }.
   *[other] En { $gpus } GPU no caben los pesos en { $dtype }.
}
# What the dials mean at the present setting.
cloud-sharding-heads = { $heads } de { $whole } cabezas de atención en cada GPU
cloud-sharding-layers = { $layers } capas por etapa; { $copies ->
    [0] demasiadas GPU
    [one] una copia del modelo
   *[other] { $copies } copias del modelo
}
cloud-sharding-nothing = no hay nada desplegado
cloud-sharding-endless = la cola crece sin fin
cloud-sharding-weights = { $memory } de pesos en cada GPU
cloud-sharding-link = le toca el { $share } del tiempo hasta el primer token
cloud-sharding-truth = Un prompt de { $tokens } tokens tarda { $whole } en una GPU, { $layers } con PP = { $gpus } y { $tensors } con TP = { $gpus }; de esto último, { $fixed } son comunicación y overhead que ninguna GPU más divide.
# What no other request has a part in: the pass of one prompt through the model.
# $outside is what the tokenizer, the scheduler and the network take.
cloud-sharding-alone = A solas en estas GPU, el prompt de { $tokens } tokens tarda { $prefill } en el prefill; { $outside } del overhead queda fuera del modelo y ningún reparto lo divide.
cloud-sharding-simulated = simulado, { $requests } peticiones
cloud-sharding-yours = Tu sharding
cloud-sharding-measured = Llama-3.1-70B en FP8, vLLM, { $gpus } H100, { $tokens } tokens de entrada y de salida
cloud-sharding-nearest = Nadie ha medido tu reparto: este es el más cercano sin pipeline.
# Of a draft, before it runs. $price is for all the GPUs there are.
cloud-sharding-known = Cabe y usa { $gpus } de { $there } GPU, a { $price } por hora.
