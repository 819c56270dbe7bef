"""What one takes along: the snippet gives the same figures, and commands carry the settings."""

import doctest
import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from labpy.fleet import Fleet, Slo, Synthetic, answer, launch_commands, python_snippet, read_config

FLEET = Fleet("llama-3-8b", tensor_parallel_size=2, replicas=3, max_batched_tokens=2048)
TRAFFIC = Synthetic(4.0, 200, burstiness=1.5)
OWN = {
    "model_type": "gpt2",
    "n_layer": 12,
    "n_embd": 768,
    "n_head": 12,
    "vocab_size": 50257,
}


@pytest.mark.parametrize("own", [False, True])
def test_the_snippet_prints_the_same_figures(own, capsys):
    fleet = FLEET
    if own:
        fleet = replace(fleet, model=read_config(json.dumps(OWN)).model)
    slo = Slo(0.4, 0.03)
    exec(python_snippet(fleet, TRAFFIC, slo, 1.5), {})
    told = dict(line.split() for line in capsys.readouterr().out.splitlines())
    wanted = answer(fleet, TRAFFIC.draw().faster(1.5), slo).metrics()
    assert {name: float(value) for name, value in told.items()} == wanted


def test_a_trace_is_read_by_its_name():
    assert "read_trace('my trace.csv').traffic" in python_snippet(FLEET, "my trace.csv", Slo())


def test_the_commands_carry_the_settings():
    found = launch_commands(replace(FLEET, draft_tokens=3, prefix_caching=True))
    words = {name: shlex.split(text.replace("\\\n", "")) for name, text in found.items()}
    for name, flag, value in (
        ("vllm", "--tensor-parallel-size", "2"),
        ("vllm", "--max-num-batched-tokens", "2048"),
        ("sglang", "--tp-size", "2"),
        ("sglang", "--chunked-prefill-size", "2048"),
        ("sglang", "--speculative-num-steps", "3"),
        (
            "sglang",
            "--speculative-num-draft-tokens",
            "4",
        ),  # the token after the drafts is verified too
        ("tensorrt-llm", "--tp_size", "2"),
    ):
        assert words[name][words[name].index(flag) + 1] == value
    drafts = words["vllm"][words["vllm"].index("--speculative-config") + 1]
    assert json.loads(drafts) == {
        "method": "draft_model",
        "model": "DRAFT",
        "num_speculative_tokens": 3,
    }
    assert words["vllm"][2] == "meta-llama/Meta-Llama-3-8B"


def test_the_examples_of_the_guide_run():
    guide = Path(__file__).parents[2] / "docs" / "fleet.md"
    failed, tried = doctest.testfile(str(guide), module_relative=False)
    assert tried > 1
    assert not failed
