"""Time of one step of the engine: the roofline from which prefill and decode both follow.

Matrix products read the weights once and compute for every token. The two overlap only in part:
``sqrt(weights**2 + compute**2)``, which is the plain roofline ``max(weights, compute)`` away from
its corner. Attention reads the KV cache (decode) or computes over the prompt (prefill). Two
all-reduces a layer, and overheads, add to it: the host prepares a step for every stage.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from labpy.models.network import _all_reduce, all_reduce_between_nodes_s
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.experts import ACTIVATION_BYTES, exchange_s, experts_s

Array = NDArray[np.float64]


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
    layers = model.layers - model.windowed_layers
    return 2.0 * layers * model.heads * model.head_dim * np.square(tokens)


def prompt_attention_s(deployment: Deployment, ops: Array) -> Array:
    """Time of ``ops`` operations of prompt attention, all stages in turn."""
    rate = deployment.accelerator.ops_per_s("bf16") * deployment.engine.compute_efficiency
    return ops / deployment.stage_accelerators / rate


def stage_time(
    deployment: Deployment,
    tokens: Array,
    kv_tokens: Array,
    attention_ops: Array,
    sequences: Array | float = 0.0,
    running: Array | float | None = None,
) -> StepTime:
    """Time of one step in the mean one of the pipeline's stages.

    ``tokens`` go through the matrices (one for each decoding request and all of a prompt chunk),
    ``kv_tokens`` are read from the KV cache, ``attention_ops`` are those of prompts, and the host
    has work for each of ``sequences``, whatever the split, and a little for those ``running`` that
    are in other microbatches (None for no others). All broadcast.
    """
    engine, pp = deployment.engine, deployment.pipeline_parallel_size
    model = deployment.model
    memory, compute = _dense_s(deployment, tokens)
    overhead = model.layers * engine.layer_overhead_s
    elsewhere_s = 0.0 if running is None else engine.elsewhere_overhead_s * (running - sequences)
    if model.experts:
        expert_memory, expert_compute = experts_s(deployment, tokens)
        memory, compute = memory + expert_memory, compute + expert_compute
        overhead += model.layers * engine.expert_overhead_s
    return StepTime(
        compute_s=compute + prompt_attention_s(deployment, attention_ops) / pp,
        memory_s=memory + kv_read_s(deployment, kv_tokens) / pp,
        communication_s=_communication(deployment, tokens),
        overhead_s=engine.step_overhead_s
        + overhead / pp
        + engine.sequence_overhead_s * sequences
        + elsewhere_s
        + np.zeros_like(tokens),
    )


def launched(deployment: Deployment, step: StepTime, prompts: Array | bool = True) -> StepTime:
    """Time of ``step``, held up by the host where it carries ``prompts``."""
    engine, pp = deployment.engine, deployment.pipeline_parallel_size
    host_s = engine.prompt_step_s + deployment.model.layers * engine.prompt_layer_s / pp
    if not host_s:
        return step
    late_s = np.where(prompts, np.maximum(host_s - step.total_s, 0.0), 0.0)
    return replace(step, overhead_s=step.overhead_s + late_s)


def overlapped_s(weights: Array | float, compute: Array) -> tuple[Array, Array]:
    """Parts of memory and of compute in the time of matrix products, ``hypot`` of the two."""
    matrices = np.hypot(weights, compute)
    compute_s = compute * compute / matrices
    return matrices - compute_s, compute_s


def _dense_s(deployment: Deployment, tokens: Array) -> tuple[Array, Array]:
    """Products that every token goes through: attention, the one feed-forward, the head."""
    model, engine, chip = deployment.model, deployment.engine, deployment.accelerator
    pp = deployment.pipeline_parallel_size
    dtype, size, parameters = deployment.weight_dtype, deployment.layer_weight_bytes, None
    if model.experts:
        dtype = model.attention_dtype or dtype
        size = deployment.attention_weight_bytes
        parameters = model.layers * model.layer_attention_parameters
    else:
        parameters = model.matrix_parameters
    bandwidth = chip.memory_bandwidth_bytes_per_s * engine.memory_efficiency
    split = deployment.tensor_parallel_size * pp
    weights = (size + deployment.head_weight_bytes) / split / bandwidth
    rate = chip.ops_per_s(dtype) * engine.compute_efficiency * deployment.stage_accelerators * pp
    return overlapped_s(weights, 2.0 * parameters * tokens / rate)


def _communication(deployment: Deployment, tokens: Array) -> Array:
    """Two all-reduces of the activations in each layer of a stage.

    With attention data parallelism the second gives way to the exchange of tokens among experts.
    """
    layers = deployment.model.layers / deployment.pipeline_parallel_size
    copies = deployment.attention_data_parallel_size
    if copies == 1:
        return 2 * layers * _reduce_s(deployment, tokens)
    return layers * (_reduce_s(deployment, tokens / copies) + exchange_s(deployment, tokens))


def _reduce_s(deployment: Deployment, tokens: Array) -> Array:
    """One all-reduce of the activations of ``tokens`` over the tensor-parallel group."""
    tp = deployment.tensor_parallel_size
    if tp == 1:
        return np.zeros_like(tokens)
    size = tokens * deployment.model.hidden * ACTIVATION_BYTES
    link, nodes = deployment.link, deployment.nodes
    if nodes == 1:
        return _all_reduce(size, float(tp), link, None, True)
    return all_reduce_between_nodes_s(size, tp // nodes, nodes, link, deployment.node_link, True)


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
    return kv_tokens * deployment.kv_bytes_per_token / deployment.stage_accelerators / rate
