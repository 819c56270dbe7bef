"""Blocks' hashes become prefixes that are found as far as they are shared, and never further."""

import json

import numpy as np
import pytest

from labpy.fleet import Fleet, answer, read_trace
from labpy.fleet.prefixes import BLOCK_TOKENS, chains, found_share
from labpy.fleet.trace import TraceReader
from labpy.words import say


def cut(*paths):
    prompts = np.array([BLOCK_TOKENS * len(path) for path in paths])
    flat = np.array([each for path in paths for each in path])
    return chains(flat, np.array([len(path) for path in paths]), prompts), prompts


def test_a_conversation_is_one_chain_that_grows():
    (ids, tokens), prompts = cut([0, 1, 2], [0, 1, 3, 4], [0, 1, 3, 5], [9])
    assert ids.tolist() == [0, 0, 0, -1]
    assert (tokens // BLOCK_TOKENS).tolist() == [2, 3, 3, 0]
    assert found_share(ids, tokens, prompts) == 5 / 12


def test_a_branch_is_a_chain_of_its_own():
    (ids, _), _ = cut([0, 1], [0, 1], [0, 2], [0, 2])
    assert ids.tolist() == [0, 0, 1, 1]


def test_no_more_is_found_than_the_tree_holds():
    rng = np.random.default_rng(0)
    paths, known, ideal = [], set(), 0
    for _ in range(400):
        path, at = [], 1
        for _ in range(rng.integers(1, 9)):
            at = 3 * at + int(rng.integers(3))  # a block's hash tells its whole way from the root
            path.append(at)
        paths.append(path)
        ideal += sum(each in known for each in path)
        known.update(path)
    (ids, tokens), prompts = cut(*paths)
    found = found_share(ids, tokens, prompts) * prompts.sum() / BLOCK_TOKENS
    assert 0.5 * ideal < found <= ideal
    for prefix in set(ids.tolist()) - {-1}:
        mine = [p[: t // 512] for p, i, t in zip(paths, ids, tokens, strict=True) if i == prefix]
        longest = max(mine, key=len)
        assert all(longest[: len(each)] == each for each in mine)


def test_no_common_beginning_is_none():
    found, _ = cut([1, 2], [3])
    assert found is None


LINES = [
    {
        "timestamp": 1000 * i,
        "input_length": 1024 + i,
        "output_length": 20,
        "hash_ids": [0, 1, 2 + i],
    }
    for i in range(50)
]


def read(lines):
    reader = TraceReader()
    reader.feed("\n".join(json.dumps(each) for each in lines).encode())
    return reader.finish()


def test_a_trace_of_mooncake_s_tells_beginnings_and_the_cache_finds_them(tmp_path):
    reading = read(LINES)
    assert "96%" in say(reading.notices[-1])
    fleet = Fleet("llama-3-8b", tensor_parallel_size=1, replicas=1, weight_dtype="bf16")
    (tmp_path / "trace.jsonl").write_text("\n".join(json.dumps(each) for each in LINES))
    traffic = read_trace(tmp_path / "trace.jsonl").traffic
    assert traffic.prefix_tokens.tolist() == [1024] * 50
    assert answer(fleet, traffic).hit_share == 0
    cached = Fleet(
        "llama-3-8b", tensor_parallel_size=1, replicas=1, weight_dtype="bf16", prefix_caching=True
    )
    assert answer(cached, traffic).hit_share == pytest.approx(0.96, abs=0.01)


def test_beginnings_follow_their_requests_where_lines_are_not_sorted():
    backwards = read(LINES[::-1])
    np.testing.assert_array_equal(backwards.traffic.input_tokens, read(LINES).traffic.input_tokens)
    mixed = [
        dict(each, hash_ids=[7, 8] if i % 2 else [each["timestamp"]])
        for i, each in enumerate(LINES)
    ]
    found = read(mixed[::-1]).traffic
    assert [each >= 0 for each in found.prefix_id.tolist()] == [bool(i % 2) for i in range(50)]


@pytest.mark.parametrize("hashes", ["x", 3, [1.5], [None], [[1]], [2**70], [True], {"a": 1}, None])
def test_hashes_that_are_none_tell_no_beginnings(hashes):
    traffic = read([dict(each, hash_ids=hashes) for each in LINES]).traffic
    assert traffic.prefix_id is None
