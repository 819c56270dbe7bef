"""Layers of experts: which weights a batch touches, who computes, what travels.

A router sends each token to a few of many experts. With few tokens only their experts' weights are
read, so that the time of a step grows with the batch where a dense model's does not; with many all
are. Tokens are routed independently, to experts of unequal popularity. With expert parallelism the
accelerator that holds the busiest experts sets the pace.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.network import all_to_all_s
from labpy.models.registry import LanguageModel
from labpy.models.serving.deployment import Deployment

Array = NDArray[np.float64]

ACTIVATION_BYTES = 2  # activations travel in BF16


def experts_touched(model: LanguageModel, tokens: ArrayLike, skew: float = 0.0) -> Array:
    """Mean number of a layer's experts that ``tokens`` tokens touch.

    With equally popular experts that is E (1 - (1 - k / E)**n), and with popularities of a gamma
    distribution, of which ``skew`` is the squared coefficient of variation, fewer.
    ``tokens`` of any shape. ValueError for a negative number or a model without experts.
    """
    if not model.experts:
        raise ValueError(f"model must have experts, got {model.name}")
    skew = _checks.single_non_negative("skew", skew)
    return _touched(model, _checks.non_negative("tokens", tokens), skew)


def _touched(model: LanguageModel, tokens: Array, skew: float) -> Array:
    exposure = -tokens * np.log1p(-model.experts_per_token / model.experts)
    if skew:
        exposure = np.log1p(skew * exposure) / skew
    return -model.experts * np.expm1(-exposure)


def busiest_share(deployment: Deployment, tokens: Array) -> Array:
    """Tokens at the busiest of the expert-parallel accelerators over the mean.

    The largest of ``n`` Poisson variables of a mean ``m`` exceeds it by about
    ``sqrt(2 m log n)`` (extreme-value theory); no accelerator gets more than all.
    """
    ranks = deployment.expert_parallel_size
    if ranks == 1:
        return np.ones_like(tokens)
    mean = np.maximum(tokens, 1e-9) * deployment.model.experts_per_token / ranks
    return np.minimum(1 + np.sqrt(2 * np.log(ranks) / mean) * (1 - 1 / ranks), ranks)


def experts_s(deployment: Deployment, tokens: Array) -> tuple[Array, Array]:
    """Memory and compute time of the experts of one stage; the two overlap as in dense products."""
    model, engine, chip = deployment.model, deployment.engine, deployment.accelerator
    pp, width = deployment.pipeline_parallel_size, deployment.stage_accelerators
    busiest = busiest_share(deployment, tokens)
    touched = np.minimum(_touched(model, tokens, engine.expert_skew) * busiest, model.experts)
    bandwidth = chip.memory_bandwidth_bytes_per_s * engine.expert_memory_efficiency
    layers = model.layers / pp
    weights = layers * touched * deployment.expert_weight_bytes / width / bandwidth
    rate = chip.ops_per_s("bf16") * engine.expert_compute_efficiency * width
    active = layers * model.experts_per_token * model.expert_parameters
    compute = 2.0 * active * tokens * busiest / rate
    matrices = np.hypot(weights, compute)
    compute_s = compute * compute / np.maximum(matrices, 1e-30)  # no tokens take no time
    return matrices - compute_s, compute_s


def exchange_s(deployment: Deployment, tokens: Array) -> Array:
    """Time to send the activations of ``tokens`` to their experts and back, in one layer.

    Two all-to-alls: an accelerator sends each of its tokens once to every other that has one of its
    experts.
    """
    model, width = deployment.model, deployment.stage_accelerators
    ranks = deployment.expert_parallel_size
    reached = ranks * -np.expm1(model.experts_per_token * np.log1p(-1 / max(ranks, 1 + 1e-9)))
    size = tokens / width * model.hidden * ACTIVATION_BYTES * (width if ranks == 1 else reached)
    within = width <= deployment.node_size
    link = deployment.link if within else deployment.node_link
    return 2 * all_to_all_s(size, width, link)
