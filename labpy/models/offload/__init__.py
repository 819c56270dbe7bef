"""Offloading from glasses to an edge node over Wi-Fi, where the start-up time alpha is random.

A message of n bytes takes ``wait + alpha + n / beta``: the wait for a channel that all glasses
share, a start-up drawn anew each time, and the bytes. A frame has 1/60 s; one that is late is a
stutter, so the tail of the sum decides and not its mean. The remedies: fewer and larger messages
(:func:`frame_latency`), a cut where little crosses (:func:`choose_cut`), and drafts on the glasses
that the node verifies (:func:`drafted_decoding`), so that several tokens share one alpha. A tensor
split pays alpha twice a layer (:func:`tensor_split`).
"""

from labpy.models.offload.channel import WirelessChannel, channel_utilization, wireless_channel
from labpy.models.offload.cut import CutTable, choose_cut
from labpy.models.offload.drafts import DraftedDecoding, best_draft_tokens, drafted_decoding
from labpy.models.offload.frames import FRAME_S, FrameLatency, FramePlan, frame_latency
from labpy.models.offload.laws import GridLaw, SlowestOf, SumOf, queue_wait
from labpy.models.offload.simulation import FrameTimeline, simulate_frames
from labpy.models.offload.tensor import TensorSplit, tensor_split

__all__ = [
    "FRAME_S",
    "CutTable",
    "DraftedDecoding",
    "FrameLatency",
    "FramePlan",
    "FrameTimeline",
    "GridLaw",
    "SlowestOf",
    "SumOf",
    "TensorSplit",
    "WirelessChannel",
    "best_draft_tokens",
    "channel_utilization",
    "choose_cut",
    "drafted_decoding",
    "frame_latency",
    "queue_wait",
    "simulate_frames",
    "tensor_split",
    "wireless_channel",
]
