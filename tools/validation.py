"""Write docs/validation.md and its picture: ``uv run python -m tools.validation``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from labpy.models import registry
from labpy.models.measurements import Measurement, MeasurementSet, h100, pipeline_throughput
from labpy.models.serving import Deployment
from labpy.models.simulation import simulate_serving
from tools.fit_engine import FITTED, STAGES, fit, pipeline_errors, predicted, sets_of

DOCS = Path(__file__).parents[1] / "docs"
MARKS = {
    "llama-3.1-70b": ("#0072b2", "circle"),
    "gpt-oss-120b": ("#d55e00", "square"),
    "minimax-m2.5": ("#009e73", "triangle"),
    "llama-3-8b": ("#aa4499", "diamond"),
}
SIMULATED = "llama-3.1-70b"
ENGINES = tuple(FITTED)


@dataclass(frozen=True)
class Compared:
    """A measured row and what ``closed_loop`` makes of it."""

    engine: str
    model: str
    weight_dtype: str
    row: Measurement
    tpot_s: float
    ttft_s: float

    @property
    def tpot_error(self) -> float:
        """Relative error of the time per output token."""
        return self.tpot_s / self.row.tpot_s - 1

    @property
    def ttft_error(self) -> float:
        """Relative error of the time to first token."""
        return self.ttft_s / self.row.ttft_s - 1


def compared(measured: MeasurementSet, engine: registry.Engine) -> list[Compared]:
    """Rows of a set beside their predictions."""
    return [
        Compared(measured.engine, measured.model, measured.weight_dtype, *each)
        for each in predicted(measured, engine)
    ]


def simulated(measured: MeasurementSet) -> list[Compared]:
    """Rows of a set beside what the simulator makes of them, one request after the other."""
    rng = np.random.default_rng(1)
    found = []
    for row in measured.rows:
        deployment = Deployment(
            measured.model,
            measured.accelerator,
            row.tensor_parallel_size,
            weight_dtype=measured.weight_dtype,
            engine=measured.engine,
        )
        count = 10 * row.clients
        prompts, outputs = (
            rng.integers(int(0.8 * n), n + 1, count) for n in (row.input_tokens, row.output_tokens)
        )
        trace = simulate_serving(
            deployment, np.zeros(count), prompts, outputs, 1024, clients=row.clients
        )
        times = float(trace.tpot_s.mean()), float(trace.ttft_s.mean())
        found.append(Compared(measured.engine, measured.model, measured.weight_dtype, row, *times))
    return found


def percent(values: Iterable[float]) -> str:
    """Mean absolute value in per cent."""
    return f"{100 * np.abs(list(values)).mean():.1f}%"


def bias(values: Iterable[float]) -> str:
    """Mean in per cent, with its sign."""
    return f"{100 * np.mean(list(values)):+.1f}%"


def errors(found: list[Compared]) -> str:
    """Cells of a table: mean absolute error and bias of both times."""
    tpot, ttft = [each.tpot_error for each in found], [each.ttft_error for each in found]
    return f"{percent(tpot)} | {bias(tpot)} | {percent(ttft)} | {bias(ttft)}"


def breakdown(found: list[Compared], label: str, key: Callable[[Compared], int | str]) -> list[str]:
    """Table of errors by a property of the rows, for each model."""
    lines = [
        f"| model | {label} | rows | TPOT | bias | TTFT | bias |",
        "|---|---|---|---|---|---|---|",
    ]
    for model in dict.fromkeys(each.model for each in found):
        items = [each for each in found if each.model == model]
        for value in sorted({key(each) for each in items}):
            some = [each for each in items if key(each) == value]
            lines.append(f"| {model} | {value} | {len(some)} | {errors(some)} |")
    return [*lines, ""]


def context(each: Compared) -> int:
    """Tokens in the cache of a request half way through its reply."""
    return each.row.input_tokens + each.row.output_tokens // 2


def held_out() -> list[str]:
    """Errors on rows that the constants were not fitted to."""
    lines = ["| engine | held out | TPOT | TTFT |", "|---|---|---|---|"]
    groups: dict[str, list[tuple[str, Callable[[str, Measurement], bool]]]] = {
        "vllm": [
            (f"model {name}", lambda model, _, name=name: model == name) for name in list(MARKS)[:3]
        ]
        + [(f"TP {n}", lambda _, row, n=n: row.tensor_parallel_size == n) for n in (2, 4, 8)],
        "tensorrt-llm": [
            (f"TP {n}", lambda _, row, n=n: row.tensor_parallel_size == n) for n in (1, 8)
        ]
        + [("prompts of 4,096 tokens", lambda _, row: row.input_tokens == 4096)],
    }
    for key, parts in groups.items():
        engine = registry.engine(key)
        for label, chosen in parts:
            kept, out = [], []
            for measured in sets_of(key):
                for target, wanted in ((kept, False), (out, True)):
                    rows = tuple(
                        row for row in measured.rows if chosen(measured.model, row) == wanted
                    )
                    if rows:
                        target.append(replace(measured, rows=rows))
            candidate = replace(engine, **fit(engine, tuple(kept), 0.03))
            found = [each for measured in out for each in compared(measured, candidate)]
            tpot, ttft = [x.tpot_error for x in found], [x.ttft_error for x in found]
            lines.append(f"| {key} | {label} | {percent(tpot)} | {percent(ttft)} |")
    return [*lines, ""]


def pipelines() -> list[str]:
    """Speed-ups of pipelines, measured and predicted."""
    lines = [
        "| input / output tokens | stages | measured | predicted | error |",
        "|---|---|---|---|---|",
    ]
    found = pipeline_errors("tensorrt-llm")
    for (shape, measured), row in zip(pipeline_throughput().items(), found, strict=True):
        for stages, error in zip(STAGES, row, strict=True):
            gain = measured[stages] / measured[1]
            lines.append(
                f"| {shape[0]} / {shape[1]} | {stages} | {gain:.2f} | {gain * (1 + error):.2f} "
                f"| {100 * error:+.0f}% |"
            )
    means = ", ".join(f"{percent(found[:, i])} with {stages}" for i, stages in enumerate(STAGES))
    return [*lines, "", f"Mean absolute error: {means} stages.", ""]


def mark(shape: str, colour: str, x: float, y: float) -> str:
    """One point of the picture."""
    style = f'fill="none" stroke="{colour}" stroke-width="1.6"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" {style}/>'
    if shape == "square":
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" {style}/>'
    if shape == "diamond":
        return f'<path d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5-5z" {style}/>'
    return f'<path d="M{x:.1f} {y - 5:.1f}l5 9h-10z" {style}/>'


def panel(found: list[Compared], field: str, title: str, left: float) -> list[str]:
    """Predicted against measured on logarithmic axes, with the diagonal."""
    measured = np.array([getattr(item.row, field) for item in found]) * 1e3
    predicted = np.array([getattr(item, field) for item in found]) * 1e3
    low = np.log10(min(measured.min(), predicted.min())) - 0.1
    high = np.log10(max(measured.max(), predicted.max())) + 0.1
    top, size = 40.0, 300.0

    def at(value: float) -> float:
        return size * (np.log10(value) - low) / (high - low)

    bottom, right = top + size, left + size
    parts = [
        f'<text x="{left}" y="{top - 14}" font-weight="bold">{title}</text>',
        f'<rect x="{left}" y="{top}" width="{size}" height="{size}" fill="none" stroke="#888"/>',
        f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{top}" stroke="#888"/>',
        f'<text x="{left + size / 2}" y="{bottom + 34}" text-anchor="middle">measured (ms)</text>',
        f'<text x="{left - 44}" y="{top + size / 2}" text-anchor="middle" '
        f'transform="rotate(-90 {left - 44} {top + size / 2})">predicted (ms)</text>',
    ]
    for tick in (5, 10, 20, 50, 100, 1000, 10_000):
        if low < np.log10(tick) < high:
            x, y = left + at(tick), bottom - at(tick)
            parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{tick}</text>')
            parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{tick}</text>')
    for item, x, y in zip(found, measured, predicted, strict=True):
        colour, shape = MARKS[item.model]
        parts.append(mark(shape, colour, left + at(x), bottom - at(y)))
    return parts


def picture(found: list[Compared]) -> str:
    """SVG with one panel for each of the two times."""
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 400" role="img" '
        'aria-labelledby="validation-title" font-family="sans-serif" font-size="12">',
        '<title id="validation-title">Predicted against measured time per output token '
        "and time to first token</title>",
        "<style>.d-paper { fill: #fff }</style>",  # the site puts its own colours in place of this
        '<rect class="d-paper" width="780" height="400"/>',
        *panel(found, "tpot_s", "Time per output token", 70),
        *panel(found, "ttft_s", "Time to first token", 450),
    ]
    for i, (model, (colour, shape)) in enumerate(MARKS.items()):
        parts.append(mark(shape, colour, 120 + 150 * i, 391))
        name = registry.language_model(model).name
        parts.append(f'<text x="{130 + 150 * i}" y="395">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def constants() -> list[str]:
    """Table of the fitted constants of the engines."""
    lines = ["| engine | constant | value | source |", "|---|---|---|---|"]
    for key in ENGINES:
        engine = registry.engine(key)
        lines += [
            f"| {key} | `{name}` | {getattr(engine, name):.4g} | {engine.sources[name]} |"
            for name in dict.fromkeys((*FITTED[key], "step_overhead_s", "activation_bytes"))
        ]
    link = registry.link("nvlink4")
    lines += [
        f"| | `nvlink4.{name}` | {getattr(link, name):.4g} | {link.sources[name]} |"
        for name in ("alpha_s", "one_shot_alpha_s", "two_shot_alpha_s")
    ]
    return [*lines, ""]


def bounded_elsewhere() -> list[str]:
    """The rows that are not compared, and why."""
    lines = [
        "| input / output tokens | TP | states | TPOT measured (ms) | TTFT measured (ms) "
        "| TTFT over the time of one reply |",
        "|---|---|---|---|---|---|",
    ]
    for measured in h100():
        for row in measured.rows:
            if row.bounded_elsewhere:
                reply_s = 0.9 * row.output_tokens * row.tpot_s
                lines.append(
                    f"| {row.input_tokens} / {row.output_tokens} | {row.tensor_parallel_size} "
                    f"| {row.clients} requests | {row.tpot_s * 1e3:.1f} | {row.ttft_s * 1e3:.0f} "
                    f"| {row.ttft_s / reply_s:.2f} |"
                )
    return [*lines, ""]


def beside_the_engine() -> list[str]:
    """How the models of queues that are not a serving engine's were held to account."""
    return [
        "- **Rounds in batches** (`rounds`), against an event simulation of 24,000 captions that "
        "knows nothing of the formula: the mean and the mean batch within 5% to a load of 0.95, "
        "the p99 within 10% to 0.8 and within 20% at 0.9. Beyond, the p99 is too low (of 180,000 "
        "simulated captions without drafts by 15% at 0.93, 24% at 0.95 and 34% at 0.97, where the "
        "mean is 6% too low): the number of requests wanders further than the formula lets it.",
        "- **Even streams** (`queueing.ndd1`): exact for given sources at random phases, and held "
        "against simulated phases. Sources are taken to send like clockwork; with jitter waits lie "
        "between this and M/D/1, which it nears as sources grow in number.",
        "- **Whole batches** (`tail.loop`): frames that come like clockwork fill whole batches, or "
        "none if the window closes before the next frame. What readings of DRAM wait for each "
        "other is an upper bound: it is worked out for readings at random moments.",
    ]


def document(found: list[Compared], by_simulation: list[Compared]) -> str:
    """Text of docs/validation.md."""
    source = h100()[0]
    first = [each for each in found if each.model == SIMULATED]
    tpot, ttft = (percent(getattr(x, f"{name}_error") for x in first) for name in ("tpot", "ttft"))
    sim_tpot, sim_ttft = (
        percent(getattr(x, f"{name}_error") for x in by_simulation) for name in ("tpot", "ttft")
    )
    groups = dict.fromkeys((each.engine, each.model, each.weight_dtype) for each in found)
    lines = [
        "# Validation of the serving model",
        "",
        "Made by `uv run python -m tools.validation`; do not edit.",
        "",
        "## What is compared",
        f"`closed_loop` against {len(found)} measured rows on NVIDIA H100 SXM. Source: "
        f"{source.source}; licence {source.licence}. The rows are in "
        "`labpy/models/data/measured_h100.csv`. Each is a closed loop of so many clients that all "
        "start at once; the model lets them send ten requests each, with lengths uniform between "
        "0.8 times the nominal length and the whole. The time to first token is a mean: simulated "
        "medians miss the opening burst and come out at less than half of the measured values for "
        "many clients, simulated means meet them.",
        "",
        "| engine | model | weights | rows | TPOT | bias | TTFT | bias |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for engine, model, dtype in groups:
        some = [each for each in found if (each.engine, each.model) == (engine, model)]
        lines.append(f"| {engine} | {model} | {dtype} | {len(some)} | {errors(some)} |")
    lines += [
        "",
        "TPOT and TTFT are mean absolute errors; the bias is the mean error. A formula against a "
        f"simulation with the same constants, on the 45 rows of {SIMULATED}:",
        "",
        "| mean absolute error | TPOT | TTFT |",
        "|---|---|---|",
        f"| `closed_loop`, a formula | {tpot} | {ttft} |",
        f"| `simulate_serving`, step by step, same constants | {sim_tpot} | {sim_ttft} |",
        "",
        "![Predicted against measured](validation.svg)",
        "",
        "## Rows that are not compared",
        "Nine rows of gpt-oss-120b state 512 requests, with the time per token of a few. Their "
        "time to first token is about 4.5 times the time of one reply: the mean wait in ten waves "
        "of a batch that something else bounds, which the row does not give. No function of the "
        "row's sizes can meet them; nothing is fitted to them.",
        "",
        *bounded_elsewhere(),
        "Fifteen rows of MiniMax-M2.5 state attention data parallelism over 16 accelerators. They "
        "run short of KV cache as four do, and most repeat to 2% the rows of four with four times "
        "the requests. They are compared as that.",
        "",
        "## Constants",
        "Fitted to all rows of an engine at once (`tools/fit_engine.py`); none depends on the "
        "model, the degree of parallelism, the length or the number of clients. The all-reduce is "
        "not fitted to these rows: its constants come from microbenchmarks of NCCL and of vLLM's "
        "own kernels (`links.toml`). No rows of SGLang are at hand: it has vLLM's constants.",
        "",
        *constants(),
        "## Rows left out of the fit",
        "Constants fitted without a group of rows, and their error on it. Without gpt-oss-120b or "
        "MiniMax-M2.5 the experts' constants come from the other of the two.",
        "",
        *held_out(),
        "## Pipelines",
        "Throughput over that of one stage: Llama 3.3 70B in FP4, TensorRT-LLM on RTX PRO 6000 "
        "(`measured_pp_llama33_70b_fp4_rtx_pro_6000.csv`), by `capacity_requests_per_s` with "
        "batches of at most 2,048 in each stage, TensorRT-LLM's own limit; limits down to the "
        "default of 256 change no speed-up by more than a tenth. The rows are of runs that end "
        "(1,500 to 30,000 requests, which eight stages hold half of at a time), the formula is of "
        "the steady state; a simulation of those runs is within 9%, 5% on average. Two constants "
        "are fitted here: the spread of the stages, and the host's time in a step for each request "
        "in another microbatch.",
        "",
        *pipelines(),
        "## Errors by clients",
        *breakdown(found, "clients", lambda each: each.row.clients),
        "## Errors by context",
        *breakdown(found, "context", context),
        "## Errors by tensor parallel size",
        *breakdown(found, "TP", lambda each: each.row.tensor_parallel_size),
        "## How far to trust this",
        "- **One step** (`prefill`, `decode_step`): a roofline with the engine's shares of peak. "
        "For dense models on Hopper within the errors above; on other parts the shares are taken "
        "over, which is an assumption that rows of other accelerators have to bear out.",
        "- **Closed loop**: the time per token as above. The time to first token is a mean over a "
        "run with an opening burst; it is off by a third or more where KV cache just runs out, and "
        "where the streaming process of TensorRT-LLM nears its limit (128 clients on two "
        "accelerators or more, of a model of 8 billion).",
        "- **Pipelines**: speed-ups within 9% of each measured row, if the batch grows with the "
        "number of stages: for TensorRT-LLM a limit on the batch is each stage's, for vLLM and "
        "SGLang it is that of all together, and with 256 requests eight stages are hardly used. "
        "Prompts are taken to be spread evenly over microbatches; a scheduler that does not does "
        "worse, and a simulation with whole prompts in one microbatch shows how much.",
        "- **Experts**: routing is independent from token to token. Expert parallelism with "
        "all-to-all is a model without rows: those at hand sum over all accelerators.",
        *beside_the_engine(),
        "- **Collectives**: within 3% of the medians on eight H100 from which the constants "
        "derive; NVLink 5, PCI Express and InfiniBand are assumptions.",
        "",
        "## What the model does not capture",
        "- Running out of KV cache: requests are admitted when their prompt fits, grow, and "
        "preempt each other. `closed_loop` splits the lost time between TTFT and TPOT by a rule of "
        "thumb and leaves out the recomputation; the simulator preempts.",
        "- Lone rows that no smooth model meets: gpt-oss-120b with TP 4 and 32 clients is measured "
        "at twice the time per token that its neighbours suggest, and some rows of TensorRT-LLM "
        "at twice their neighbours' time to first token.",
        "- Where the all-reduce changes its algorithm, the rows of H100 show a step of the time "
        "per token between 8 and 16 clients on eight accelerators. The model takes the fastest "
        "algorithm at each size, has no step, and is 5% to 9% too fast beyond.",
        "- The parts of a step and of a layer in the host's time cannot be told apart by rows of "
        "one model; for TensorRT-LLM the split is an assumption.",
        "- Speculative decoding and prefix caching are not in the formula.",
        "- Clocks: power capping and thermal limits under load are inside the fitted shares.",
        "",
        "## All rows",
        "| engine | model | weights | input | output | TP | EP | clients | TPOT measured (ms) "
        "| predicted | error | TTFT measured (ms) | predicted | error |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in found:
        row = each.row
        tensors, experts = row.deployed
        lines.append(
            f"| {each.engine} | {each.model} | {each.weight_dtype} | {row.input_tokens} "
            f"| {row.output_tokens} | {tensors} | {experts} | {row.clients} "
            f"| {row.tpot_s * 1e3:.1f} | {each.tpot_s * 1e3:.1f} | {100 * each.tpot_error:+.1f}% "
            f"| {row.ttft_s * 1e3:.0f} | {each.ttft_s * 1e3:.0f} | {100 * each.ttft_error:+.1f}% |"
        )
    return "\n".join([*lines, ""])


def main() -> None:
    """Write both files."""
    sets = [(registry.engine(key), each) for key in ENGINES for each in sets_of(key)]
    sets.sort(key=lambda pair: list(MARKS).index(pair[1].model))
    found = [item for engine, measured in sets for item in compared(measured, engine)]
    by_simulation = [
        item for _, measured in sets if measured.model == SIMULATED for item in simulated(measured)
    ]
    DOCS.mkdir(exist_ok=True)
    (DOCS / "validation.md").write_text(document(found, by_simulation), encoding="utf-8")
    (DOCS / "validation.svg").write_text(picture(found), encoding="utf-8")
    print(f"wrote {DOCS / 'validation.md'} and validation.svg")


if __name__ == "__main__":
    main()
