"""What a stream leaves in memory between frames, and how many streams fit.

Three tracks, three memories: a network over sound in the SRAM of a hearable (:func:`plan_sram`),
temporal features of cameras in the DRAM of a car computer (:func:`temporal_memory`), and the
sessions of a translation model on an edge node (:func:`session_memory`).
"""

from labpy.models.streaming.sessions import SessionPlan, session_memory
from labpy.models.streaming.sram import (
    CausalConv,
    Gru,
    SramPlan,
    deepest,
    dilated_stack,
    plan_sram,
    receptive_field,
    widest,
)
from labpy.models.streaming.temporal import TemporalPlan, temporal_memory

__all__ = [
    "CausalConv",
    "Gru",
    "SessionPlan",
    "SramPlan",
    "TemporalPlan",
    "deepest",
    "dilated_stack",
    "plan_sram",
    "receptive_field",
    "session_memory",
    "temporal_memory",
    "widest",
]
