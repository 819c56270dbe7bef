"""What has to be done before Python's memory is kept, and after it is restored.

A memory that was restored wrongly need not look wrong: linear algebra can give numbers that are
merely false. So `wake` asks the models and numpy for answers that are known, and raises when one
differs; the worker then forgets the snapshot and starts as on a first visit.
"""

from __future__ import annotations

import gc
import importlib
import json
import pkgutil
import random
from typing import Any

import numpy as np
from bokeh.document import Document
from bokeh.io.doc import set_curdoc
from panel.io.state import state

import labpy
from labpy.app.lab import Lab
from labpy.app.page import SilentPage
from labpy.browser.documents import LinkedDocument
from labpy.missions import all_missions
from labpy.models.queueing import batch_server, mmc
from labpy.models.serving import Deployment, closed_loop

SKIPPED = "labpy.browser.desktop"
"""Serves the desktop, and needs a server that the browser does not have."""


def prepare() -> str:
    """Import all of the lab, build each part once, clean up, and give the known answers.

    Whatever this makes belongs to nobody: there is no ledger, no setting and no clock in it.
    """
    for module in pkgutil.walk_packages(labpy.__path__, "labpy."):
        if module.name != SKIPPED:
            importlib.import_module(module.name)
    rehearse()
    set_curdoc(Document())
    state.curdoc = None
    gc.collect()
    return json.dumps(answers())


def rehearse() -> None:
    """Build each part once, as visits do; those that tracks begin with come first."""
    at = "2000-01-01T00:00:00.000Z"
    labs = {
        track.key: Lab(SilentPage(), track=track.key, build="", at=at)
        for track, _ in all_missions()
    }
    parts = [(part.number, track.key) for track, parts in all_missions() for part in parts]
    for number, track in sorted(parts):
        view = labs[track].open(number)
        for roots in (view.layout.knob_roots(), view.layout.figure_roots()):
            LinkedDocument(roots).as_render()
        view.tell()


def answers() -> dict[str, Any]:
    """Compute what must come out the same in every start of one build.

    Nothing here may come out of a cache, which a snapshot would hold: then it would prove nothing.
    So it asks the models of queues, which keep none, and not a part's scenario.
    """
    matrix = np.array([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])
    rng = np.random.default_rng(20261123)
    exact = mmc([1.0, 7.5], 1.0, 10)
    batches = batch_server(800.0, 0.004, 0.0005, 16, 0.002)
    point = closed_loop(Deployment("llama-3-70b", "h100-sxm", 8), 16, 1024, 1024)
    return {
        "solve": np.linalg.solve(matrix, [5.0, 5.0, 3.0]).tolist(),
        "eigenvalues": np.linalg.eigvalsh(matrix).tolist(),
        "spectrum": np.abs(np.fft.rfft(np.arange(8.0))).tolist(),
        "random": [*rng.random(4).tolist(), *rng.integers(0, 1000, 4).tolist()],
        "hash": hash("fleet"),
        "queue": [*exact.mean_wait_s.tolist(), *exact.response_quantile_s(0.99).tolist()],
        "batches": batches.response_quantile_s(0.99).tolist(),
        "model": [float(point.ttft_s), float(point.tpot_s)],
    }


def wake(expected: str) -> None:
    """Check a restored memory and give it randomness of its own.

    Parameters
    ----------
    expected : str
        What `prepare` gave.

    Raises
    ------
    RuntimeError
        When an answer differs: this memory must not be used.
    """
    found = json.loads(json.dumps(answers()))
    wanted = json.loads(expected)
    if not np.allclose(found["solve"], 1.0, rtol=1e-12):
        raise RuntimeError(f"a linear system has the solution {found['solve']}, not ones")
    if wrong := sorted(key for key in wanted if found.get(key) != wanted[key]):
        raise RuntimeError(f"the restored memory answers wrongly: {', '.join(wrong)}")
    random.seed()
    np.random.seed()
