# Cloud Titan, part 2.
cloud-sharding-too-many = TP = { $tp } times PP = { $pp } takes { $gpus } GPUs, and there are { $there }.
cloud-sharding-unfit = { $gpus ->
    [one] One GPU cannot hold the weights in { $dtype }.
   *[other] { $gpus } GPUs cannot hold the weights in { $dtype }.
}
# What the dials mean at the present setting.
cloud-sharding-heads = { $heads } of { $whole } attention heads on each GPU
cloud-sharding-layers = { $layers } layers in a stage; { $copies ->
    [0] too many GPUs
    [one] one copy of the model
   *[other] { $copies } copies of the model
}
cloud-sharding-nothing = nothing is deployed
cloud-sharding-endless = the queue grows without end
cloud-sharding-weights = { $memory } of weights on each GPU
cloud-sharding-link = carries { $share } of the time to first token
cloud-sharding-truth = A prompt of { $tokens } tokens takes { $whole } on one GPU, { $layers } with PP = { $gpus } and { $tensors } with TP = { $gpus }, of which { $fixed } is communication and overhead that no further GPU divides.
# What no other request has a part in: the pass of one prompt through the model.
# $outside is what the tokenizer, the scheduler and the network take.
cloud-sharding-alone = Alone on these GPUs, the prompt of { $tokens } tokens takes { $prefill } to prefill; { $outside } of the overhead is outside the model, and no split divides it.
cloud-sharding-simulated = simulated, { $requests } requests
cloud-sharding-yours = Your sharding
cloud-sharding-measured = Llama-3.1-70B in FP8, vLLM, { $gpus } H100, { $tokens } tokens in and out
cloud-sharding-nearest = Nobody measured your split: this is the nearest without a pipeline.
# Of a draft, before it runs. $price is for all the GPUs there are.
cloud-sharding-known = It fits and uses { $gpus } of { $there } GPUs, at { $price } an hour.
