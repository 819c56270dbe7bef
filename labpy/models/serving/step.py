"""Time of one step of the engine: the roofline from which prefill and decode both follow.

Matrix products read the weights once and compute for every token. The two overlap only in part:
``sqrt(weights**2 + compute**2)``, which is the plain roofline ``max(weights, compute)`` away from
its corner. Attention reads the KV cache (decode) or computes over the prompt (prefill). Two
all-reduces a layer, and overheads, add to it: the host prepares a step for every stage.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models.network import _all_reduce, all_reduce_between_nodes_s
from labpy.models.serving.deployment import Deployment

Array = NDArray[np.float64]

ACTIVATION_BYTES = 2  # activations travel in BF16


@dataclass(frozen=True)
class StepTime:
    """Seconds of one step in one pipeline stage, by cause."""

    compute_s: Array
    memory_s: Array
    communication_s: Array
    overhead_s: Array

    @property
    def total_s(self) -> Array:
        """Sum of the parts."""
        return self.compute_s + self.memory_s + self.communication_s + self.overhead_s


def prompt_attention_ops(deployment: Deployment, tokens: Array) -> Array:
    """Operations of causal attention over a prompt: 4 * layers * heads * head_dim * n**2 / 2."""
    model = deployment.model
    return 2.0 * model.layers * model.heads * model.head_dim * np.square(tokens)


def prompt_attention_s(deployment: Deployment, ops: Array) -> Array:
    """Time of ``ops`` operations of prompt attention, all stages in turn."""
    rate = deployment.accelerator.ops_per_s("bf16") * deployment.engine.compute_efficiency
    return ops / deployment.tensor_parallel_size / rate


def stage_time(
    deployment: Deployment,
    tokens: Array,
    kv_tokens: Array,
    attention_ops: Array,
    sequences: Array | float = 0.0,
) -> StepTime:
    """Time of one step in the mean one of the pipeline's stages.

    ``tokens`` go through the matrices (one for each decoding request and all of a prompt chunk),
    ``kv_tokens`` are read from the KV cache, ``attention_ops`` are those of prompts, and the host
    has work for each of ``sequences``, whatever the split. All broadcast.
    """
    model, engine, chip = deployment.model, deployment.engine, deployment.accelerator
    tp, pp = deployment.tensor_parallel_size, deployment.pipeline_parallel_size
    bandwidth = chip.memory_bandwidth_bytes_per_s
    weight_bytes = deployment.layer_weight_bytes + deployment.head_weight_bytes
    weights = weight_bytes / (tp * pp) / (bandwidth * engine.memory_efficiency)
    ops_per_s = chip.ops_per_s(deployment.weight_dtype) * engine.compute_efficiency
    compute = 2.0 * model.matrix_parameters * tokens / (tp * pp) / ops_per_s
    matrices = np.hypot(weights, compute)
    compute_share = np.square(compute / matrices)
    return StepTime(
        compute_s=matrices * compute_share + prompt_attention_s(deployment, attention_ops) / pp,
        memory_s=matrices * (1 - compute_share) + kv_read_s(deployment, kv_tokens) / pp,
        communication_s=_communication(deployment, tokens),
        overhead_s=engine.step_overhead_s
        + model.layers * engine.layer_overhead_s / pp
        + engine.sequence_overhead_s * sequences
        + np.zeros_like(tokens),
    )


def _communication(deployment: Deployment, tokens: Array) -> Array:
    """Two all-reduces of the activations in each layer of a stage."""
    tp = deployment.tensor_parallel_size
    if tp == 1:
        return np.zeros_like(tokens)
    size = tokens * deployment.model.hidden * ACTIVATION_BYTES
    link, nodes = deployment.link, deployment.nodes
    reductions = 2 * deployment.model.layers / deployment.pipeline_parallel_size
    if nodes == 1:
        return reductions * _all_reduce(size, float(tp), link, None, True)
    between = deployment.node_link
    return reductions * all_reduce_between_nodes_s(size, tp // nodes, nodes, link, between, True)


def last_stage_extra_s(deployment: Deployment) -> float:
    """By how much the last stage, which alone reads the output head, exceeds the mean stage."""
    tp, pp = deployment.tensor_parallel_size, deployment.pipeline_parallel_size
    engine, chip = deployment.engine, deployment.accelerator
    rate = chip.memory_bandwidth_bytes_per_s * engine.memory_efficiency
    return deployment.head_weight_bytes / tp / rate * (1 - 1 / pp)


def hop_time(deployment: Deployment, tokens: Array) -> Array:
    """Time to hand the activations of ``tokens`` from one pipeline stage to the next."""
    link = deployment.pipeline_link
    size = tokens * deployment.model.hidden * ACTIVATION_BYTES / deployment.tensor_parallel_size
    return link.alpha_s + size / (link.bandwidth_bytes_per_s * min(link.bulk_efficiency, 1.0))


def kv_read_s(deployment: Deployment, kv_tokens: Array) -> Array:
    """Time to read ``kv_tokens`` tokens of KV cache, all stages in turn."""
    chip, engine = deployment.accelerator, deployment.engine
    rate = chip.memory_bandwidth_bytes_per_s * engine.kv_efficiency
    return kv_tokens * deployment.kv_bytes_per_token / deployment.tensor_parallel_size / rate
