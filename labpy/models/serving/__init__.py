"""Serving a language model: deployments, the two phases, and load in a closed and an open loop."""

from labpy.models.serving.closed import ServingPoint, closed_loop
from labpy.models.serving.deployment import Deployment, ModelDoesNotFitError
from labpy.models.serving.phases import PhaseTime, decode_step, prefill

__all__ = [
    "Deployment",
    "ModelDoesNotFitError",
    "PhaseTime",
    "ServingPoint",
    "closed_loop",
    "decode_step",
    "prefill",
]
