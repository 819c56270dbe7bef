"""Write docs/validation.md and its picture: ``uv run python -m tools.validation``."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from labpy.models import registry
from labpy.models.measurements import Measurement, h100_vllm_llama31_70b_fp8
from labpy.models.serving import Deployment, closed_loop
from labpy.models.simulation import simulate_serving
from tools.fit_engine import FITTED, fit, relative_errors

DOCS = Path(__file__).parents[1] / "docs"
MARKS = {2: ("#0072b2", "circle"), 4: ("#d55e00", "square"), 8: ("#009e73", "triangle")}


def predictions() -> list[tuple[Measurement, float, float, float, float]]:
    """Each row with the model's and the simulator's time per token and time to first token."""
    measured = h100_vllm_llama31_70b_fp8()
    rng = np.random.default_rng(1)
    found = []
    for row in measured.rows:
        deployment = Deployment(measured.model, measured.accelerator, row.tensor_parallel_size)
        point = closed_loop(deployment, row.concurrency, row.input_tokens, row.output_tokens)
        count = 10 * row.concurrency
        prompts, outputs = (
            rng.integers(int(0.8 * n), n + 1, count) for n in (row.input_tokens, row.output_tokens)
        )
        trace = simulate_serving(
            deployment, np.zeros(count), prompts, outputs, 1024, clients=row.concurrency
        )
        simulated = float(trace.tpot_s.mean()), float(trace.ttft_s.mean())
        found.append((row, float(point.tpot_s), float(point.ttft_s), *simulated))
    return found


def percent(values: Iterable[float]) -> str:
    """Mean absolute value in per cent."""
    return f"{100 * np.abs(list(values)).mean():.1f}%"


def breakdown(found: list, label: str, key: Callable[[Measurement], str]) -> list[str]:
    """Table of errors by a property of the rows."""
    lines = [f"| {label} | rows | TPOT | TTFT |", "|---|---|---|---|"]
    for value in dict.fromkeys(key(item[0]) for item in found):
        items = [item for item in found if key(item[0]) == value]
        tpot = percent(item[1] / item[0].tpot_s - 1 for item in items)
        ttft = percent(item[2] / item[0].ttft_s - 1 for item in items)
        lines.append(f"| {value} | {len(items)} | {tpot} | {ttft} |")
    return [*lines, ""]


def held_out() -> list[str]:
    """Errors on rows that the constants were not fitted to."""
    engine, rows = registry.engine("vllm"), h100_vllm_llama31_70b_fp8().rows
    lines = ["| held out | TPOT | TTFT |", "|---|---|---|"]
    groups = [(f"TP {n}", "tensor_parallel_size", n) for n in MARKS]
    groups += [("prompts of 8,192 tokens", "input_tokens", 8192)]
    groups += [("outputs of 8,192 tokens", "output_tokens", 8192)]
    for label, field, value in groups:
        rest = tuple(row for row in rows if getattr(row, field) != value)
        out = tuple(row for row in rows if getattr(row, field) == value)
        tpot, ttft = relative_errors(replace(engine, **fit(engine, rest)), out)
        lines.append(f"| {label} | {percent(tpot)} | {percent(ttft)} |")
    return [*lines, ""]


def mark(shape: str, colour: str, x: float, y: float) -> str:
    """One point of the picture."""
    style = f'fill="none" stroke="{colour}" stroke-width="1.6"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" {style}/>'
    if shape == "square":
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" {style}/>'
    return f'<path d="M{x:.1f} {y - 5:.1f}l5 9h-10z" {style}/>'


def panel(found: list, column: int, field: str, title: str, left: float) -> list[str]:
    """Predicted against measured on logarithmic axes, with the diagonal."""
    measured = np.array([getattr(item[0], field) for item in found]) * 1e3
    predicted = np.array([item[column] for item in found]) * 1e3
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
    for tick in (10, 20, 50, 100, 1000, 10_000):
        if low < np.log10(tick) < high:
            x, y = left + at(tick), bottom - at(tick)
            parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{tick}</text>')
            parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{tick}</text>')
    for item, x, y in zip(found, measured, predicted, strict=True):
        colour, shape = MARKS[item[0].tensor_parallel_size]
        parts.append(mark(shape, colour, left + at(x), bottom - at(y)))
    return parts


def picture(found: list) -> str:
    """SVG with one panel for each of the two times."""
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 400" role="img" '
        'aria-labelledby="validation-title" font-family="sans-serif" font-size="12">',
        '<title id="validation-title">Predicted against measured time per output token '
        "and time to first token</title>",
        "<style>.d-paper { fill: #fff }</style>",  # the site puts its own colours in place of this
        '<rect class="d-paper" width="780" height="400"/>',
        *panel(found, 1, "tpot_s", "Time per output token", 70),
        *panel(found, 2, "ttft_s", "Time to first token", 450),
    ]
    for i, (degree, (colour, shape)) in enumerate(MARKS.items()):
        parts.append(mark(shape, colour, 300 + 70 * i, 391))
        parts.append(f'<text x="{310 + 70 * i}" y="395">TP {degree}</text>')
    return "\n".join([*parts, "</svg>", ""])


def document(found: list) -> str:
    """Text of docs/validation.md."""
    measured, engine = h100_vllm_llama31_70b_fp8(), registry.engine("vllm")
    tpot = percent(item[1] / item[0].tpot_s - 1 for item in found)
    ttft = percent(item[2] / item[0].ttft_s - 1 for item in found)
    sim_tpot = percent(item[3] / item[0].tpot_s - 1 for item in found)
    sim_ttft = percent(item[4] / item[0].ttft_s - 1 for item in found)
    link = registry.link("nvlink4")
    lines = [
        "# Validation of the serving model",
        "",
        "Made by `uv run python -m tools.validation`; do not edit.",
        "",
        "## What is compared",
        f"`closed_loop` against {len(found)} measured rows: Llama 3.1 70B in FP8, vLLM, NVIDIA "
        f"H100 SXM. Source: {measured.source}; licence {measured.licence}. The rows are in "
        "`labpy/models/data/measured_h100_vllm_llama31_70b_fp8.csv`. Each is a closed loop of so "
        "many clients that all start at once and send ten requests each, with lengths uniform "
        "between 0.8 times the nominal length and the whole. The time to first token is a mean: "
        "simulated medians miss the opening burst and come out at less than half of the measured "
        "values for many clients, simulated means meet them.",
        "",
        "| mean absolute error | TPOT | TTFT |",
        "|---|---|---|",
        f"| `closed_loop`, a formula | {tpot} | {ttft} |",
        f"| `simulate_serving`, step by step, same constants | {sim_tpot} | {sim_ttft} |",
        "",
        "![Predicted against measured](validation.svg)",
        "",
        "## Constants",
        "Five are fitted to all rows at once (`tools/fit_engine.py`); none depends on the degree "
        "of tensor parallelism, the length or the number of clients. The all-reduce is not fitted "
        "to these rows: its constants come from microbenchmarks of NCCL and of vLLM's own kernel "
        "(`links.toml`).",
        "",
        "| constant | value | source |",
        "|---|---|---|",
        *(
            f"| `{n}` | {getattr(engine, n):.4g} | {engine.sources[n]} |"
            for n in (*FITTED, "step_overhead_s")
        ),
        f"| `nvlink4.alpha_s` | {link.alpha_s:.4g} | {link.sources['alpha_s']} |",
        "",
        "## Rows left out of the fit",
        "Constants fitted without a group of rows, and their error on it:",
        "",
        *held_out(),
        "## Errors by kind of row",
        *breakdown(found, "tensor parallel size", lambda row: str(row.tensor_parallel_size)),
        *breakdown(
            found, "input / output tokens", lambda row: f"{row.input_tokens} / {row.output_tokens}"
        ),
        *breakdown(found, "clients", lambda row: str(row.concurrency)),
        "## What the model does not capture",
        "- Running out of KV cache. With TP 2 and 64 clients of 1,024 / 8,192 tokens, requests are "
        "admitted when their prompt fits, grow, and preempt each other. `closed_loop` splits the "
        "lost time between TTFT and TPOT by a rule of thumb and leaves out the recomputation; the "
        "simulator, which preempts, is much closer on TPOT.",
        "- Where the all-reduce changes its algorithm, the measured time per token jumps as the "
        "model's does, but the model's place and height of the jump are the microbenchmark's.",
        "- Overheads of a step and of a layer cannot be told apart by rows of one model: the split "
        "is an assumption, and matters for models with fewer layers.",
        "- Speculative decoding, prefix caching, and heterogeneous lengths within a batch beyond "
        "the benchmark's are not in the formula. Other engines have vLLM's constants.",
        "- Clocks: power capping and thermal limits under load are inside the fitted shares.",
        "",
        "## All rows",
        "| input | output | TP | clients | TPOT measured (ms) | predicted | error "
        "| TTFT measured (ms) | predicted | error |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row, tpot_s, ttft_s, *_ in found:
        lines.append(
            f"| {row.input_tokens} | {row.output_tokens} | {row.tensor_parallel_size} "
            f"| {row.concurrency} | {row.tpot_s * 1e3:.1f} | {tpot_s * 1e3:.1f} "
            f"| {100 * (tpot_s / row.tpot_s - 1):+.1f}% | {row.ttft_s * 1e3:.0f} "
            f"| {ttft_s * 1e3:.0f} | {100 * (ttft_s / row.ttft_s - 1):+.1f}% |"
        )
    return "\n".join([*lines, ""])


def main() -> None:
    """Write both files."""
    found = predictions()
    DOCS.mkdir(exist_ok=True)
    (DOCS / "validation.md").write_text(document(found), encoding="utf-8")
    (DOCS / "validation.svg").write_text(picture(found), encoding="utf-8")
    print(f"wrote {DOCS / 'validation.md'} and validation.svg")


if __name__ == "__main__":
    main()
