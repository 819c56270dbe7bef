"""How far the models are off where it was measured, nearest to a fleet and its traffic."""

from dataclasses import dataclass
from math import log2

import numpy as np

from labpy.fleet.plan import Fleet
from labpy.fleet.traffic import Traffic
from labpy.models.measurements import Measurement, MeasurementSet, h100
from labpy.models.registry import LanguageModel, language_model
from labpy.models.serving import Deployment, closed_loop
from labpy.words import Message, msg
from labpy.words.amounts import count, share

MOST_ROWS = 5
FARTHEST = 2.5  # mean lengths at most so many doublings away
SHAPE = ("layers", "hidden", "heads", "kv_heads", "head_dim", "ffn", "experts")


@dataclass(frozen=True)
class Nearest:
    """The nearest measured rows, and the mean absolute error of the models on them.

    ``rows`` come with the nearest first; errors are shares of the measured times.
    """

    rows: tuple[Measurement, ...]
    source: str
    ttft_error: float
    tpot_error: float

    def sentence(self) -> Message:
        """Say how far off the models are there."""
        return msg(
            "nearest-error",
            rows=count(len(self.rows)),
            ttft=share(self.ttft_error),
            tpot=share(self.tpot_error),
            input=count(self.rows[0].input_tokens),
            output=count(self.rows[0].output_tokens),
            source=self.source,
        )


def nearest(fleet: Fleet, traffic: Traffic) -> Nearest | None:
    """Compare the models with the nearest measured rows, or return None if nothing is near.

    Near are rows of the same accelerator, engine, weight type and split and of a model of the same
    shape, with mean lengths at most FARTHEST doublings away; the runs are closed loops, of
    which the number of clients is left open. Nothing was measured of pipelines and of pools here.
    """
    if fleet.pipeline_parallel_size > 1 or fleet.prefill_replicas:
        return None
    wanted = np.log2([traffic.input_tokens.mean(), traffic.output_tokens.mean()])
    for found in h100():
        if not _same_system(fleet, found):
            continue
        rows = [row for row in found.rows if _near(fleet, row, wanted)]
        rows.sort(key=lambda row: _distance(row, wanted))
        if rows:
            return _compared(fleet, found, rows[:MOST_ROWS])
    return None


def _same_system(fleet: Fleet, found: MeasurementSet) -> bool:
    return (
        found.accelerator == fleet.accelerator.key
        and found.engine == fleet.engine.key
        and found.weight_dtype == fleet.weight_dtype
        and _shape(language_model(found.model)) == _shape(fleet.model)
    )


def _shape(model: LanguageModel) -> tuple[int, ...]:
    return tuple(getattr(model, name) for name in SHAPE)


def _near(fleet: Fleet, row: Measurement, wanted: np.ndarray) -> bool:
    split = fleet.tensor_parallel_size, fleet.expert_parallel_size
    return (
        row.deployed == split and not row.bounded_elsewhere and _distance(row, wanted) <= FARTHEST
    )


def _distance(row: Measurement, wanted: np.ndarray) -> float:
    lengths = log2(row.input_tokens), log2(row.output_tokens)
    return float(np.abs(wanted - lengths).max())


def _compared(fleet: Fleet, found: MeasurementSet, rows: list[Measurement]) -> Nearest:
    tp, ep = rows[0].deployed
    deployment = Deployment(
        found.model,
        found.accelerator,
        tp,
        weight_dtype=found.weight_dtype,
        kv_dtype=fleet.kv_dtype,
        engine=found.engine,
        expert_parallel_size=ep,
    )
    sizes = [(row.clients, row.input_tokens, row.output_tokens) for row in rows]
    point = closed_loop(deployment, *np.array(sizes).T)
    ttft = point.ttft_s / np.array([row.ttft_s for row in rows])
    tpot = point.tpot_s / np.array([row.tpot_s for row in rows])
    return Nearest(
        tuple(rows),
        found.source,
        float(np.abs(ttft - 1).mean()),
        float(np.abs(tpot - 1).mean()),
    )
