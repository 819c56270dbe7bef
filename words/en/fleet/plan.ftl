# A fleet that can't be, and what could. $allowed is a list of numbers.

fleet-tensor-split = Tensor parallel { $size } does not divide the { $heads } heads of { $model }: take { $allowed }.
fleet-pipeline-split = Pipeline parallel { $size } does not divide the { $layers } layers of { $model }: take { $allowed }.
fleet-no-experts = { $model } has no experts, so expert parallel is 1.
fleet-expert-split = Expert parallel { $size } must divide the { $experts } experts and tensor parallel { $tensor }: take { $allowed }.
fleet-too-heavy = { $model } in { $dtype } weighs { $weights }, and { $accelerators ->
    [one] one { $accelerator } has
   *[other] { $accelerators } × { $accelerator } have
} { $room } for it. It would fit with { $remedies }.
fleet-too-heavy-at-all = { $model } in { $dtype } weighs { $weights }, and { $accelerators ->
    [one] one { $accelerator } has
   *[other] { $accelerators } × { $accelerator } have
} { $room } for it. No split or type of weights offered here fits on such accelerators: take larger ones, or more pipeline stages.
fleet-remedy-wider = tensor parallel { $size }
fleet-remedy-narrower = weights in { $dtype }
fleet-no-room = The KV cache of a replica holds { $room } tokens, and the shortest request has { $shortest }. Take more accelerators for a replica, or narrower weights.
fleet-prefix-router = Routing by prefix needs prefix caching, and traffic whose prompts begin alike.

## Errors of the models where it was measured nearby. $source is who measured

nearest-error = On the { $rows ->
    [one] measured row
   *[other] { $rows } measured rows
} nearest to this (about { $input } tokens in, { $output } out; { $source }) these models are off by { $tpot } in the time per token and { $ttft } in the time to the first token, on average.
nearest-none = Nothing was measured near this, so the error is not known.

## A model's config.json

config-no-json = This is no JSON object. Paste the whole config.json of the model.
config-too-large = This is too long for a config.json.
config-missing = The config has no { $field }.
config-bad-number = { $field } is “{ $value }”, which can’t be.
# $why is a kind of model that is not computed
config-unsupported = Not supported: { $field } says that the model { $why ->
    [latent] compresses its KV cache (latent attention)
    [recurrent] has recurrent or state-space layers
   *[encoder] has an encoder
}, which is not modelled.
config-text-only = Only the language model of the config was taken: images and sound are not modelled.
config-windowed = { $layers ->
    [one] One layer attends
   *[other] { $layers } layers attend
} to a short window; their share of the KV cache is left out.
config-shared-experts = It has shared experts, which are not modelled: it weighs and computes more than shown.
config-dense-layers = Some of its layers have no experts; all are taken to have them.
config-quantized = The checkpoint is quantised ({ $method }): choose the type of weights that fits.
