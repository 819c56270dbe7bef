"""The command ``labpy plan``: what a fleet makes of a trace, or the cheapest that meets an SLO."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path

from labpy.fleet import (
    EXAMPLES,
    Answer,
    Fleet,
    Searching,
    Slo,
    Synthetic,
    Traffic,
    answer,
    launch_commands,
    nearest,
    python_snippet,
    read_config,
    read_trace,
    search,
)
from labpy.fleet.plan import ALLOCATORS, SERVERS
from labpy.fleet.telling import rows, traffic_sentence
from labpy.fleet.trace import notice_of_thinning
from labpy.models import registry
from labpy.models.simulation.routers import ROUTERS
from labpy.words import WordedError, msg, say

MOST_REQUESTS = (
    200_000  # replayed unless --most says otherwise; about two seconds for eight replicas
)
KNOBS = {  # options of the fleet that are plain numbers
    "tp": "tensor_parallel_size",
    "pp": "pipeline_parallel_size",
    "ep": "expert_parallel_size",
    "replicas": "replicas",
    "prefill-replicas": "prefill_replicas",
    "max-batched-tokens": "max_batched_tokens",
    "max-batch": "max_batch",
    "draft-tokens": "draft_tokens",
}
CHOICES = {
    "engine": ("engine", registry.keys("engines")),
    "link": ("link", registry.keys("links")),
    "weight-dtype": ("weight_dtype", tuple(registry.DTYPE_BYTES)),
    "kv-dtype": ("kv_dtype", tuple(registry.DTYPE_BYTES)),
    "kv-allocator": ("kv_allocator", ALLOCATORS),
    "router": ("router", ROUTERS),
}
ABOUT: dict[str, Callable[[], str]] = {
    "tp": lambda: say(msg("plan-help-tp")),
    "pp": lambda: say(msg("plan-help-pp")),
    "ep": lambda: say(msg("plan-help-ep")),
    "replicas": lambda: say(msg("plan-help-replicas")),
    "prefill-replicas": lambda: say(msg("plan-help-prefill-replicas")),
    "max-batched-tokens": lambda: say(msg("plan-help-max-batched-tokens")),
    "max-batch": lambda: say(msg("plan-help-max-batch")),
    "draft-tokens": lambda: say(msg("plan-help-draft-tokens")),
    "engine": lambda: say(msg("plan-help-engine")),
    "link": lambda: say(msg("plan-help-link")),
    "weight-dtype": lambda: say(msg("plan-help-weight-dtype")),
    "kv-dtype": lambda: say(msg("plan-help-kv-dtype")),
    "kv-allocator": lambda: say(msg("plan-help-kv-allocator")),
    "router": lambda: say(msg("plan-help-router")),
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``plan``."""
    _add_traffic(parser)
    _add_fleet(parser)
    parser.add_argument(
        "--slo", nargs="+", metavar="NAME=S", default=[], help=say(msg("plan-help-slo"))
    )
    parser.add_argument("--search", type=int, metavar="N", help=say(msg("plan-help-search")))
    parser.add_argument("--budget", type=float, metavar="USD", help=say(msg("plan-help-budget")))
    parser.add_argument("--json", action="store_true", help=say(msg("plan-help-json")))
    parser.add_argument("--commands", action="store_true", help=say(msg("plan-help-commands")))
    parser.add_argument("--python", action="store_true", help=say(msg("plan-help-python")))
    parser.set_defaults(action=plan)


def _add_traffic(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--trace", type=Path, metavar="FILE", help=say(msg("plan-help-trace")))
    source.add_argument("--example", choices=tuple(EXAMPLES), help=say(msg("plan-help-example")))
    source.add_argument("--rate", type=float, help=say(msg("plan-help-rate")))
    parser.add_argument("--columns", metavar="T,IN,OUT", help=say(msg("plan-help-columns")))
    parser.add_argument("--input", type=float, default=1024.0, help=say(msg("plan-help-input")))
    parser.add_argument("--output", type=float, default=256.0, help=say(msg("plan-help-output")))
    parser.add_argument("--requests", type=int, default=2000, help=say(msg("plan-help-requests")))
    parser.add_argument(
        "--times", type=float, default=1.0, metavar="X", help=say(msg("plan-help-times"))
    )
    parser.add_argument(
        "--most", type=int, default=MOST_REQUESTS, metavar="N", help=say(msg("plan-help-most"))
    )


def _add_fleet(parser: argparse.ArgumentParser) -> None:
    plain = Fleet()
    models = ", ".join(registry.keys("language_models"))
    parser.add_argument(
        "--model", default=plain.model.key, help=say(msg("plan-help-model", models=models))
    )
    parser.add_argument(
        "--accelerator",
        choices=SERVERS,
        default=plain.accelerator.key,
        help=say(msg("plan-help-accelerator")),
    )
    for option, field in KNOBS.items():
        default = getattr(plain, field)
        parser.add_argument(
            f"--{option}", dest=field, type=int, metavar="N", default=default, help=ABOUT[option]()
        )
    for option, (field, allowed) in CHOICES.items():
        value = getattr(plain, field)
        default = getattr(value, "key", value) or None
        parser.add_argument(
            f"--{option}", dest=field, choices=allowed, default=default, help=ABOUT[option]()
        )
    parser.add_argument(
        "--acceptance", type=float, default=plain.acceptance, help=say(msg("plan-help-acceptance"))
    )
    parser.add_argument(
        "--prefix-caching", action="store_true", help=say(msg("plan-help-prefix-caching"))
    )


def plan(options: argparse.Namespace) -> int:
    """Print the answer; 1 if there is none, with the reason."""
    try:
        _plan(options)
    except WordedError as error:
        _aside(f"labpy: {error}")
        return 1
    except ValueError as error:  # a number that a model does not take, named in English
        _aside(f"labpy: {error}")
        return 1
    return 0


def _plan(options: argparse.Namespace) -> None:
    slo, fleet = _slo(options.slo), _fleet(options)
    traffic, drawn = _traffic(options)
    if options.search:
        _search(options, fleet, traffic, slo)
        return
    found = answer(fleet, traffic, slo)
    if options.json:
        print(json.dumps({"traffic": traffic.fingerprint, "metrics": _numbers(found)}, indent=1))
        return
    print(say(traffic_sentence(traffic)))
    for _, name, value in rows(found, slo):
        print(f"{say(name):38} {say(value)}")
    near = nearest(fleet, traffic)
    print(say(msg("nearest-none") if near is None else near.sentence()))
    if options.commands:
        print("\n" + say(msg("plan-commands-start")))
        for text in launch_commands(fleet).values():
            print("\n" + text)
    if options.python:
        print("\n" + python_snippet(fleet, drawn, slo, options.times))


def _numbers(found: Answer) -> dict[str, float | None]:
    """Metrics as JSON has them: what has no end is null."""
    return {name: value if abs(value) < inf else None for name, value in found.metrics().items()}


def _slo(given: list[str]) -> Slo:
    times = {}
    for each in given:
        name, _, value = each.partition("=")
        if name not in ("ttft", "tpot"):
            raise WordedError(msg("plan-bad-slo", given=each))
        try:
            times[f"{name}_s"] = float(value)
        except ValueError:
            raise WordedError(msg("plan-bad-slo", given=each)) from None
    return Slo(**times)


def _fleet(options: argparse.Namespace) -> Fleet:
    model = options.model
    if model.endswith(".json"):
        path = Path(model)
        reading = read_config(path.read_text("utf-8", "replace"), path.parent.name)
        for note in reading.notes:
            _aside(say(note))
        model = reading.model
    fields = (*KNOBS.values(), *(field for field, _ in CHOICES.values()))
    chosen = {field: getattr(options, field) for field in fields}
    return Fleet(
        model,
        options.accelerator,
        **chosen | {"link": options.link or ""},
        acceptance=options.acceptance,
        prefix_caching=options.prefix_caching,
    )


def _traffic(options: argparse.Namespace) -> tuple[Traffic, Synthetic | str]:
    """Traffic as it is replayed, and what it was made of, for the snippet."""
    if options.trace:
        columns = options.columns.split(",") if options.columns else None
        if columns and len(columns) != 3:
            raise WordedError(msg("plan-bad-columns"))
        reading = read_trace(options.trace, columns)
        for notice in reading.notices:
            _aside(say(notice))
        whole, made = reading.traffic, str(options.trace)
    else:
        made = Synthetic(
            rate_per_s=options.rate or 1.0,
            requests=options.requests,
            input_tokens=options.input,
            output_tokens=options.output,
        )
        if options.example:
            made = EXAMPLES[options.example].settings()
        whole = made.draw()
    traffic = whole.thinned(options.most)
    if len(traffic) < len(whole):
        _aside(say(notice_of_thinning(len(whole), len(traffic))))
    return traffic if options.times == 1 else traffic.faster(options.times), made


def _search(options: argparse.Namespace, fleet: Fleet, traffic: Traffic, slo: Slo) -> None:
    steps = search(
        fleet,
        traffic,
        slo,
        options.search,
        inf if options.budget is None else options.budget,
        SERVERS,
    )
    found = _last(steps)
    print(say(msg("plan-searched", placements=found.total, simulated=len(found.rows))))
    best = [row for row in found.rows if row.meets][:10]
    if not best:
        print(say(msg("plan-search-none")))
    for row in best:
        each = row.fleet
        split = f"TP {each.tensor_parallel_size} PP {each.pipeline_parallel_size}"
        pools = f"{each.replicas}+{each.prefill_replicas}"
        figures = row.answer.metrics()
        print(
            f"${row.price_per_hour_usd:8.2f}/h  {each.accelerator.key:14} {split:11} {pools:6} "
            f"TTFT {figures['ttft_p99_s']:.3f} s  TPOT {figures['tpot_p99_s']:.4f} s"
        )
    if best and options.commands:
        print("\n" + say(msg("plan-commands-start")))
        for text in launch_commands(best[0].fleet).values():
            print("\n" + text)


def _last(steps: Iterator[Searching]) -> Searching:
    found = next(steps)
    for found in steps:
        if sys.stderr.isatty():
            print(f"\r{found.done}/{found.total}", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return found


def _aside(text: str) -> None:
    print(text, file=sys.stderr)
