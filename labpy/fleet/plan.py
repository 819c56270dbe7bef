"""A fleet by its settings, and what does not fit: why, and what would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from labpy.fleet.traffic import Traffic
from labpy.models import _checks, registry
from labpy.models.registry import Accelerator, Engine, LanguageModel
from labpy.models.serving.deployment import Deployment, ModelDoesNotFitError
from labpy.models.simulation import Speculation
from labpy.models.simulation.routers import ROUTERS
from labpy.words import Listed, Message, WordedError, msg
from labpy.words.amounts import count, memory

SPLITS = (1, 2, 4, 8, 16)
NARROWER = {"fp32": "bf16", "bf16": "fp8", "fp16": "fp8", "fp8": "fp4", "int8": "int4"}
ALLOCATORS = ("paged", "contiguous")
SERVERS = (
    "a100-sxm-40gb",
    "a100-sxm-80gb",
    "h100-sxm",
    "h200-sxm",
    "b200-sxm",
    "rtx-pro-6000",
    "l4",
)
"""Accelerators of the registry that a data centre would serve language models on."""


class FleetError(WordedError):
    """A fleet that can't be, with the reason and what could."""


@dataclass(frozen=True)
class Fleet:
    """Replicas of a model on accelerators, and how they serve.

    Attributes
    ----------
    model, accelerator, engine, link
        Keys of the registry, or records; no link is the accelerator's own.
    tensor_parallel_size, pipeline_parallel_size, expert_parallel_size
        How one replica is split.
    replicas, prefill_replicas
        How many; with a prefill pool ``replicas`` only decode.
    weight_dtype, kv_dtype
        Types of weights and KV cache.
    max_batched_tokens, max_batch
        Most tokens in a step, chunks of prompts included, and most requests at a time.
    kv_allocator
        ``"paged"``; or ``"contiguous"``, which reserves for each request as many tokens as the
        longest of the traffic has, so that fewer are in the batch.
    prefix_caching
        Whether common beginnings of prompts are kept, where the traffic knows them.
    draft_tokens, acceptance, draft_cost_ratio
        Speculative decoding: tokens drafted a step (0 for none), how often one is accepted, and
        the time to draft one as a share of a decode step.
    router
        One of ``labpy.models.simulation.routers.ROUTERS``.
    """

    model: LanguageModel | str = "llama-3.1-70b"
    accelerator: Accelerator | str = "h100-sxm"
    engine: Engine | str = "vllm"
    link: str = ""
    tensor_parallel_size: int = 4
    pipeline_parallel_size: int = 1
    expert_parallel_size: int = 1
    replicas: int = 2
    prefill_replicas: int = 0
    weight_dtype: str = "fp8"
    kv_dtype: str = "bf16"
    max_batched_tokens: int = 8192
    max_batch: int = 256
    kv_allocator: str = "paged"
    prefix_caching: bool = False
    draft_tokens: int = 0
    acceptance: float = 0.7
    draft_cost_ratio: float = 0.05
    router: str = "least_loaded"

    def __post_init__(self) -> None:
        """Resolve keys; ValueError for a wrong argument."""
        for field, find in (
            ("model", registry.language_model),
            ("accelerator", registry.accelerator),
            ("engine", registry.engine),
        ):
            if isinstance(value := getattr(self, field), str):
                object.__setattr__(self, field, find(value))
        for field in ("replicas", "max_batched_tokens", "max_batch"):
            _checks.single_count(field, getattr(self, field))
        for field in ("prefill_replicas", "draft_tokens"):
            _checks.single_count(field, getattr(self, field), 0)
        _checks.choice("kv_allocator", self.kv_allocator, ALLOCATORS)
        _checks.choice("router", self.router, ROUTERS)

    @property
    def replica_accelerators(self) -> int:
        """Accelerators of one replica."""
        return self.tensor_parallel_size * self.pipeline_parallel_size

    @property
    def accelerators(self) -> int:
        """Accelerators of the whole fleet."""
        return self.replica_accelerators * (self.replicas + self.prefill_replicas)

    @property
    def price_per_hour_usd(self) -> float:
        """Price of all accelerators for an hour."""
        return self.accelerators * self.accelerator.price_per_hour_usd

    def deployment(self) -> Deployment:
        """Return one replica; FleetError if it can't be."""
        self._check_split()
        try:
            return self._deployment()
        except ModelDoesNotFitError as error:
            raise FleetError(self._too_heavy(error)) from None

    def _deployment(self) -> Deployment:
        return Deployment(
            self.model,
            self.accelerator,
            self.tensor_parallel_size,
            self.pipeline_parallel_size,
            self.weight_dtype,
            self.kv_dtype,
            self.engine,
            self.link or None,
            self.expert_parallel_size,
        )

    def _check_split(self) -> None:
        model, tp, pp = self.model, self.tensor_parallel_size, self.pipeline_parallel_size
        ep = self.expert_parallel_size
        if not _splits_heads(model, tp):
            allowed = [n for n in SPLITS if _splits_heads(model, n)]
            told = {"size": tp, "model": model.name, "heads": count(model.heads)}
            raise FleetError(msg("fleet-tensor-split", allowed=_listed(allowed), **told))
        if model.layers % pp:
            allowed = [n for n in SPLITS if model.layers % n == 0]
            told = {"size": pp, "model": model.name, "layers": count(model.layers)}
            raise FleetError(msg("fleet-pipeline-split", allowed=_listed(allowed), **told))
        if ep > 1 and not model.experts:
            raise FleetError(msg("fleet-no-experts", model=model.name))
        if ep > 1 and (model.experts % ep or tp % ep):
            allowed = [n for n in SPLITS if model.experts % n == 0 and tp % n == 0]
            told = {"size": ep, "experts": count(model.experts), "tensor": tp}
            raise FleetError(msg("fleet-expert-split", allowed=_listed(allowed), **told))

    def _too_heavy(self, error: ModelDoesNotFitError) -> Message:
        told = {
            "model": self.model.name,
            "dtype": self.weight_dtype.upper(),
            "weights": memory(error.weight_bytes),
            "accelerators": count(self.replica_accelerators),
            "accelerator": self.accelerator.name,
            "room": memory(max(error.offered_bytes, 0.0)),
        }
        remedies = tuple(_remedies(self))
        if not remedies:
            return msg("fleet-too-heavy-at-all", **told)
        return msg("fleet-too-heavy", remedies=Listed(remedies), **told)

    def check(self, traffic: Traffic) -> Traffic:
        """Return the requests that a replica can take; FleetError if none."""
        deployment = self.deployment()
        if self.router == "prefix" and not (self.prefix_caching and traffic.prefix_id is not None):
            raise FleetError(msg("fleet-prefix-router"))
        capacity = deployment.kv_capacity_tokens
        longest = traffic.input_tokens + traffic.output_tokens
        if longest.min() > capacity:
            told = {"room": count(int(capacity)), "shortest": count(int(longest.min()))}
            raise FleetError(msg("fleet-no-room", **told))
        return traffic if longest.max() <= capacity else traffic.fitting(capacity)

    def batch_limit(self, traffic: Traffic) -> int:
        """Most requests at a time in a batch, for this traffic."""
        longest = int((traffic.input_tokens + traffic.output_tokens).max())
        return self.batch_limit_of(self.deployment(), longest)

    def batch_limit_of(self, replica: Deployment, longest: int) -> int:
        """Most requests at a time in a batch: as set, or as many reservations as fit.

        `longest` is the tokens of the longest request, prompt and reply, for which contiguous
        memory reserves; `replica` is what ``deployment`` returns.
        """
        if self.kv_allocator == "paged":
            return self.max_batch
        fitting = int(replica.kv_capacity_tokens // longest)
        return max(1, min(self.max_batch, fitting // replica.batches))

    def speculation(self) -> Speculation | None:
        """Return the speculative decoding, if there is any."""
        if not self.draft_tokens:
            return None
        return Speculation(self.draft_tokens, self.acceptance, self.draft_cost_ratio)

    def simulation(self, traffic: Traffic, seed: int = 0) -> dict[str, Any]:
        """Return the arguments of ``simulate_fleet`` for this fleet and this traffic."""
        known = self.prefix_caching and traffic.prefix_id is not None
        return {
            "deployment": self.deployment(),
            "arrival_s": traffic.arrival_s,
            "input_tokens": traffic.input_tokens,
            "output_tokens": traffic.output_tokens,
            "replicas": self.replicas,
            "router": self.router,
            "prefix_id": traffic.prefix_id if known else None,
            "prefix_tokens": traffic.prefix_tokens if known else None,
            "prefill_replicas": self.prefill_replicas,
            "max_batch": self.batch_limit(traffic),
            "seed": seed,
            "max_batched_tokens": self.max_batched_tokens,
            "speculation": self.speculation(),
        }


def _splits_heads(model: LanguageModel, size: int) -> bool:
    whole = model.heads % size == 0
    return whole and (model.kv_heads % size == 0 or size % model.kv_heads == 0)


def _listed(sizes: list[int]) -> Listed:
    return Listed(tuple(count(each) for each in sizes))


def _remedies(fleet: Fleet) -> Iterator[Message]:
    """Say what would fit: a wider split, narrower weights."""
    for size in SPLITS:
        if size > fleet.tensor_parallel_size and _splits_heads(fleet.model, size):
            wider = replace(fleet, tensor_parallel_size=size, expert_parallel_size=1)
            if _fits(wider):
                yield msg("fleet-remedy-wider", size=size)
                break
    dtype = fleet.weight_dtype
    while dtype := NARROWER.get(dtype, ""):
        if _fits(replace(fleet, weight_dtype=dtype)):
            yield msg("fleet-remedy-narrower", dtype=dtype.upper())
            break


def _fits(fleet: Fleet) -> bool:
    try:
        fleet._deployment()
    except ValueError:
        return False
    return True
