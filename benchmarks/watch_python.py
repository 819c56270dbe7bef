"""Times the stages of an answer in the worker's own Python; run there, never imported here."""

import functools
import json
import time

from labpy.app.workbench import Workbench
from labpy.browser.worker import App
from labpy.scenarios.base import Scenario

_answers, _now, _running, _watched = [], {}, set(), set()


def _timed(owner, name, stage):
    inner = vars(owner)[name]

    @functools.wraps(inner)
    def outer(*args, **kwargs):
        if stage in _running:
            return inner(*args, **kwargs)
        _running.add(stage)
        begin = time.perf_counter()
        try:
            return inner(*args, **kwargs)
        finally:
            _running.remove(stage)
            _now[stage] = _now.get(stage, 0.0) + 1e3 * (time.perf_counter() - begin)

    setattr(owner, name, outer)


def _answered(name):
    inner = vars(App)[name]

    @functools.wraps(inner)
    def outer(*args, **kwargs):
        _now.clear()
        begin = time.perf_counter()
        try:
            return inner(*args, **kwargs)
        finally:
            _answers.append({**_now, "call": name, "all": 1e3 * (time.perf_counter() - begin)})

    setattr(App, name, outer)


def benchmark_watch():
    """Time the scenarios that were imported since the last time, too."""
    for made in Scenario.__subclasses__():
        if made not in _watched:
            _watched.add(made)
            for name in {"evaluate", "sketch"} & set(vars(made)):
                _timed(made, name, "evaluate")


def benchmark_take():
    """Give the stages of each answer since the last time, in milliseconds, as JSON."""
    taken = json.dumps(_answers)
    _answers.clear()
    return taken


_timed(Workbench, "_draw", "draw")
_timed(Workbench, "_tell", "tell")
_timed(App, "_flush", "flush")
_answered("patch")
