"""Serving a language model: deployments, the two phases, and load in a closed and an open loop."""

from labpy.models.serving.closed import ServingPoint, closed_loop
from labpy.models.serving.deployment import Deployment, ModelDoesNotFitError
from labpy.models.serving.experts import experts_touched
from labpy.models.serving.open import (
    ServingLoad,
    capacity_requests_per_s,
    knee_arrival_rate,
    open_loop,
)
from labpy.models.serving.phases import PhaseTime, decode_step, prefill

__all__ = [
    "Deployment",
    "ModelDoesNotFitError",
    "PhaseTime",
    "ServingLoad",
    "ServingPoint",
    "capacity_requests_per_s",
    "closed_loop",
    "decode_step",
    "experts_touched",
    "knee_arrival_rate",
    "open_loop",
    "prefill",
]
