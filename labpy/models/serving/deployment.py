"""A model on accelerators: how it is split, what it weighs, what is left for the KV cache."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from statistics import NormalDist

from labpy.models import _checks, registry
from labpy.models.registry import Accelerator, Engine, LanguageModel, Link


class ModelDoesNotFitError(ValueError):
    """The weights leave no room for a KV cache on the accelerators of a deployment.

    ``weight_bytes`` is what they weigh, ``offered_bytes`` what all accelerators have for them, and
    ``least_accelerators`` how many such would do.
    """

    def __init__(self, text: str, weight_bytes: float, offered_bytes: float, least: int) -> None:
        super().__init__(text)
        self.weight_bytes, self.offered_bytes = weight_bytes, offered_bytes
        self.least_accelerators = least


@dataclass(frozen=True)
class Deployment:
    """One replica of a model on several accelerators.

    Their number is the product of the sizes for tensors, pipeline stages and attention data.
    With attention data parallelism so many copies of the attention take a share of the requests
    each, and only the experts are common. These are split over the accelerators of a stage:
    ``expert_parallel_size`` of them hold different experts, and the rest split each as tensors.

    ``model``, ``accelerator``, ``engine`` and ``link`` are registry keys or records; ``link`` is
    the accelerator's own unless given; a split over more accelerators than a node holds uses the
    accelerator's ``node_link`` between nodes. Embedding and output head stay in BF16 whatever
    ``weight_dtype`` is, as in published checkpoints of 8 bits and fewer.

    Raises
    ------
    ValueError
        If the tensor parallel size does not divide the heads, or the pipeline parallel size the
        layers; ``ModelDoesNotFitError``, a ValueError, if memory does not hold the weights.
    """

    model: LanguageModel | str
    accelerator: Accelerator | str
    tensor_parallel_size: int = 1
    pipeline_parallel_size: int = 1
    weight_dtype: str = "fp8"
    kv_dtype: str = "bf16"
    engine: Engine | str = "vllm"
    link: Link | str | None = None
    expert_parallel_size: int = 1
    attention_data_parallel_size: int = 1

    def __post_init__(self) -> None:
        """Resolve keys and check that the split is possible."""
        for field, find in (
            ("model", registry.language_model),
            ("accelerator", registry.accelerator),
            ("engine", registry.engine),
        ):
            self._resolve(field, find)
        if self.link is None:
            object.__setattr__(self, "link", self.accelerator.link)
        self._resolve("link", registry.link)
        for field in ("weight_dtype", "kv_dtype"):
            _checks.choice(field, getattr(self, field), registry.DTYPE_BYTES)
        for field in (
            "tensor_parallel_size",
            "pipeline_parallel_size",
            "expert_parallel_size",
            "attention_data_parallel_size",
        ):
            object.__setattr__(self, field, _checks.single_count(field, getattr(self, field)))
        self._check_split()
        self._check_experts()
        self._check_memory()

    def _resolve(self, field: str, find) -> None:
        value = getattr(self, field)
        if isinstance(value, str):
            object.__setattr__(self, field, find(value))

    def _check_split(self) -> None:
        tp, pp, model = self.tensor_parallel_size, self.pipeline_parallel_size, self.model
        if model.heads % tp or (model.kv_heads % tp and tp % model.kv_heads):
            allowed = [n for n in range(1, model.heads + 1) if model.heads % n == 0]
            allowed = [n for n in allowed if not (model.kv_heads % n and n % model.kv_heads)]
            raise ValueError(
                f"tensor_parallel_size must divide the {model.heads} heads of {model.name}: "
                f"{', '.join(map(str, allowed))}; got {tp}"
            )
        if model.layers % pp:
            allowed = [n for n in range(1, model.layers + 1) if model.layers % n == 0]
            raise ValueError(
                f"pipeline_parallel_size must divide the {model.layers} layers of {model.name}: "
                f"{', '.join(map(str, allowed))}; got {pp}"
            )

    def _check_experts(self) -> None:
        ep, width, model = self.expert_parallel_size, self.stage_accelerators, self.model
        if self.attention_data_parallel_size > 1 and not model.experts:
            raise ValueError(
                f"attention_data_parallel_size must be 1, since {model.name} has no experts: "
                "use replicas"
            )
        if ep > 1 and (not model.experts or model.experts % ep or width % ep):
            allowed = [n for n in range(1, width + 1) if width % n == 0]
            allowed = [n for n in allowed if n == 1 or (model.experts and model.experts % n == 0)]
            raise ValueError(
                f"expert_parallel_size must divide the {model.experts} experts of {model.name} and "
                f"the {width} accelerators of a stage: {', '.join(map(str, allowed))}; got {ep}"
            )

    def _check_memory(self) -> None:
        if self.kv_budget_bytes > 0:
            return
        usable = self.usable_memory_bytes
        offered, least = self.accelerators * usable, ceil(self.weight_bytes / usable * (1 + 1e-9))
        raise ModelDoesNotFitError(
            f"model must fit in memory: {self.model.name} in {self.weight_dtype} weighs "
            f"{self.weight_bytes / 1e9:.1f} GB and {self.accelerators} x {self.accelerator.name} "
            f"offer {offered / 1e9:.1f} GB; use at least {least} accelerators "
            "(tensor_parallel_size * pipeline_parallel_size) or a narrower weight_dtype",
            self.weight_bytes,
            offered,
            least,
        )

    @property
    def accelerators(self) -> int:
        """Accelerators of one replica."""
        return self.stage_accelerators * self.pipeline_parallel_size

    @property
    def stage_accelerators(self) -> int:
        """Accelerators of one pipeline stage, over which the experts are split."""
        return self.tensor_parallel_size * self.attention_data_parallel_size

    @property
    def nodes(self) -> int:
        """Nodes that one tensor-parallel group spans."""
        return ceil(self.tensor_parallel_size / self.node_size)

    @cached_property
    def node_size(self) -> float:
        """Accelerators of a node; without end where the node's link is the only one."""
        alone = self.accelerator.node_link == self.accelerator.link
        return float("inf") if alone else self.accelerator.node_size

    @cached_property
    def node_link(self) -> Link:
        """Link between nodes."""
        return registry.link(self.accelerator.node_link)

    @cached_property
    def pipeline_link(self) -> Link:
        """Link between stages: that of the node, or that between nodes if it takes several."""
        return self.link if self.accelerators <= self.node_size else self.node_link

    def most_requests(self, max_batch: int) -> int:
        """Most requests at a time in the replica, whose batches are at most ``max_batch``.

        The engine has a limit of its own; for some engines either holds for each pipeline stage.
        """
        return self.batches * min(max_batch, self.engine.max_running_requests)

    @property
    def batches(self) -> int:
        """Batches at a time of which each may be as large as the limit."""
        return self.pipeline_parallel_size if self.engine.limit_each_stage else 1

    @cached_property
    def slowest_share(self) -> float:
        """By how much the slowest of the microbatches in a pipeline exceeds their mean.

        They follow each other through the stages and cannot overtake. Blom's approximation to the
        largest of as many normal variables as there are stages.
        """
        stages = self.pipeline_parallel_size
        if stages == 1:
            return 0.0
        largest = NormalDist().inv_cdf((stages - 0.375) / (stages + 0.25))
        return self.engine.stage_imbalance * largest

    @cached_property
    def layer_weight_bytes(self) -> float:
        """Weights in the matrices of all layers, each once."""
        return self.attention_weight_bytes + self.model.layers * (
            max(self.model.experts, 1) * self.expert_weight_bytes
        )

    @cached_property
    def attention_weight_bytes(self) -> float:
        """Weights of the attention in all layers, and of routers, each once."""
        width = registry.dtype_bytes(self.model.attention_dtype or self.weight_dtype)
        return self.model.layers * self.model.layer_attention_parameters * width

    @cached_property
    def expert_weight_bytes(self) -> float:
        """Weights of one expert, or of the one feed-forward, in one layer."""
        return self.model.expert_parameters * registry.dtype_bytes(self.weight_dtype)

    @cached_property
    def head_weight_bytes(self) -> float:
        """Weights of the output head, in BF16 or wider."""
        width = max(registry.dtype_bytes(self.weight_dtype), 2.0)
        return self.model.head_parameters * width

    @cached_property
    def weight_bytes(self) -> float:
        """All weights, over all accelerators of the replica."""
        tables = 1 if self.model.tied_embeddings else 2
        copied = self.attention_weight_bytes + tables * self.head_weight_bytes
        copies = self.attention_data_parallel_size - 1
        return self.layer_weight_bytes + tables * self.head_weight_bytes + copies * copied

    @property
    def usable_memory_bytes(self) -> float:
        """Memory of one accelerator that the engine has for weights and KV cache."""
        engine, accelerator = self.engine, self.accelerator
        visible = engine.memory_utilization * accelerator.visible_memory_bytes
        return visible - engine.activation_bytes

    @cached_property
    def kv_budget_bytes(self) -> float:
        """Memory left for the KV cache, over all accelerators of the replica."""
        return self.accelerators * self.usable_memory_bytes - self.weight_bytes

    @cached_property
    def kv_bytes_per_token(self) -> float:
        """KV cache of one token over the whole replica: 2 * layers * KV heads * head_dim * bytes.

        Splitting further than there are KV heads repeats them. Layers with a short window are left
        out.
        """
        model = self.model
        kv_heads = max(model.kv_heads, self.tensor_parallel_size)
        width = registry.dtype_bytes(self.kv_dtype)
        layers = model.layers - model.windowed_layers
        return 2 * layers * kv_heads * model.head_dim * width

    @cached_property
    def kv_capacity_tokens(self) -> float:
        """Tokens that the KV cache holds."""
        return self.kv_budget_bytes / self.kv_bytes_per_token
