"""Serving a language model: deployments, the two phases, and load in a closed and an open loop."""

from labpy.models.serving.chunked import ChunkTrade, chunked_prefill
from labpy.models.serving.closed import ServingPoint, closed_loop
from labpy.models.serving.deployment import Deployment, ModelDoesNotFitError
from labpy.models.serving.experts import experts_touched
from labpy.models.serving.open import (
    ServingLoad,
    capacity_requests_per_s,
    knee_arrival_rate,
    open_loop,
    waiting_line,
)
from labpy.models.serving.phases import PhaseTime, decode_step, prefill
from labpy.models.serving.pools import DisaggregatedLoad, disaggregated, prefill_queue, tandem
from labpy.models.serving.prefix import PrefixHits, prefix_hits, zipf_popularity
from labpy.models.serving.routing import routed

__all__ = [
    "ChunkTrade",
    "Deployment",
    "DisaggregatedLoad",
    "ModelDoesNotFitError",
    "PhaseTime",
    "PrefixHits",
    "ServingLoad",
    "ServingPoint",
    "capacity_requests_per_s",
    "chunked_prefill",
    "closed_loop",
    "decode_step",
    "disaggregated",
    "experts_touched",
    "knee_arrival_rate",
    "open_loop",
    "prefill",
    "prefill_queue",
    "prefix_hits",
    "routed",
    "tandem",
    "waiting_line",
    "zipf_popularity",
]
