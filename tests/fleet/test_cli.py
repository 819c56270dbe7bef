"""`labpy plan`: the same figures as the library, and a reason for what can't be."""

import json

import numpy as np
import pytest

from labcollect.cli import main
from labpy.fleet import EXAMPLES, Fleet, Slo, answer, read_trace

FIGURES = ("--model", "llama-3-8b", "--tp", "1", "--replicas", "2", "--json")


@pytest.fixture(scope="module")
def trace(tmp_path_factory):
    path = tmp_path_factory.mktemp("traces") / "azure.csv"
    rng = np.random.default_rng(0)
    when = np.datetime64("2024-05-10T00:00:00", "us")
    lines = ["TIMESTAMP,ContextTokens,GeneratedTokens"]
    for gap, prompt, reply in zip(
        np.cumsum(rng.exponential(0.2, 500)),
        rng.integers(10, 3000, 500),
        rng.integers(1, 400, 500),
        strict=True,
    ):
        at = str(when + np.timedelta64(int(1e6 * gap), "us")).replace("T", " ")
        lines.append(f"{at}+00:00,{prompt},{reply}")
    path.write_text("\n".join(lines))
    return path


def test_a_trace_gives_the_figures_of_the_library(trace, capsys):
    assert main(["plan", "--trace", str(trace), *FIGURES, "--slo", "ttft=0.5", "tpot=0.02"]) == 0
    told = json.loads(capsys.readouterr().out)
    fleet = Fleet("llama-3-8b", tensor_parallel_size=1, replicas=2)
    assert told["metrics"] == answer(fleet, read_trace(trace).traffic, Slo(0.5, 0.02)).metrics()


def test_an_example_is_thinned_and_told(capsys):
    assert main(["plan", "--example", "chat", "--most", "600", *FIGURES]) == 0
    captured = capsys.readouterr()
    assert "600" in captured.err
    fleet = Fleet("llama-3-8b", tensor_parallel_size=1, replicas=2)
    traffic = EXAMPLES["chat"].settings().draw().thinned(600)
    assert json.loads(captured.out)["metrics"] == answer(fleet, traffic).metrics()


def test_words_commands_and_python_are_printed(trace, capsys):
    assert main(["plan", "--trace", str(trace), *FIGURES[:-1], "--commands", "--python"]) == 0
    told = capsys.readouterr().out
    for part in ("Time to first token, P99", "vllm", "trtllm-serve", "from labpy.fleet import"):
        assert part in told


def test_a_search_names_what_meets_the_slo(capsys):
    asked = ("plan", "--rate", "4", "--requests", "300", *FIGURES[:-1], "--search", "2")
    assert main([*asked, "--budget", "4"]) == 0
    first = capsys.readouterr().out.splitlines()[1]
    assert first.startswith("$    1.30/h  a100-sxm-40gb")  # the cheaper L4 takes too long a token


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (("--slo", "ttft=fast"), "ttft=fast"),
        (("--slo", "p99=1"), "p99=1"),
        (("--tp", "3"), "tensor parallel|Tensor parallel"),
        (("--model", "llama-9"), "llama-3-70b"),
        (("--columns", "a,b"), "three columns"),
        (("--acceptance", "2", "--draft-tokens", "2"), "acceptance"),
        (("--replicas", "0"), "replicas"),
    ],
)
def test_what_can_not_be_is_refused_with_its_reason(trace, wrong, reason, capsys):
    assert main(["plan", "--trace", str(trace), "--tp", "8", *wrong]) == 1
    told = capsys.readouterr().err
    assert any(each in told for each in reason.split("|"))


def test_a_file_that_is_no_trace_is_refused(tmp_path, capsys):
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert main(["plan", "--trace", str(path)]) == 1
    assert "PNG" in capsys.readouterr().err
    assert main(["plan", "--trace", str(tmp_path / "gone.csv")]) == 1
