"""Traces: the known forms are told apart, and whatever is no trace is refused with its reason."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from labpy.fleet.trace import MOST_BYTES, TraceError, TraceReader, read_trace
from labpy.words import say

HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens\n"
START = datetime(2023, 11, 16, 18, 15, 46, 680590, UTC)


def azure(count=50, zone="", separator=",", header=HEADER, gap_s=0.25):
    """Give a trace as Azure publishes it, with seven digits of a second."""
    lines = [header.replace(",", separator)]
    for k in range(count):
        when = (START + timedelta(seconds=gap_s * k)).strftime("%Y-%m-%d %H:%M:%S.%f")
        lines.append(f"{when}0{zone}{separator}{374 + k}{separator}{44 + k}\n")
    return "".join(lines)


def read(data, piece=1 << 20, **options):
    """Feed a text or bytes in pieces."""
    data = data.encode() if isinstance(data, str) else data
    reader = TraceReader(**options)
    for start in range(0, len(data), piece):
        reader.feed(data[start : start + piece])
    return reader.finish()


def refusal(data, **options):
    with pytest.raises(TraceError) as caught:
        read(data, **options)
    return str(caught.value)


@pytest.mark.parametrize("zone", ["", "+00:00", "Z"])
def test_azure_is_read_with_and_without_a_time_zone(zone):
    found = read(azure(zone=zone))
    assert (found.form, found.lines, found.bad, found.notices) == ("azure", 50, 0, ())
    np.testing.assert_allclose(found.traffic.arrival_s, 0.25 * np.arange(50), atol=2e-6)
    assert found.traffic.input_tokens.tolist() == list(range(374, 424))


def test_the_pieces_in_which_a_file_comes_make_no_difference():
    whole, small = read(azure()), read(azure(), piece=7)
    for name in ("arrival_s", "input_tokens", "output_tokens"):
        np.testing.assert_array_equal(getattr(whole.traffic, name), getattr(small.traffic, name))


def test_bulk_and_line_by_line_read_the_same():
    plain = read(azure(400))
    quoted = read(azure(400).replace("374", '"374"', 1))
    np.testing.assert_allclose(plain.traffic.arrival_s, quoted.traffic.arrival_s, atol=1e-6)
    assert plain.traffic.input_tokens.tolist() == quoted.traffic.input_tokens.tolist()


def test_burst_gpt_counts_seconds():
    text = "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n"
    text += "5,ChatGPT,472,18,490,Conversation log\n45,GPT-4,1087,230,1317,API log\n"
    found = read(text)
    assert found.form == "burstgpt"
    assert found.traffic.arrival_s.tolist() == [0, 40]
    assert found.traffic.output_tokens.tolist() == [18, 230]


def test_mooncake_counts_milliseconds():
    rows = [
        {"timestamp": t, "input_length": 6955, "output_length": 52, "hash_ids": [1, 2]}
        for t in (0, 3000)
    ]
    found = read("\n".join(map(json.dumps, rows)))
    assert found.form == "mooncake"
    assert found.traffic.arrival_s.tolist() == [0, 3]


def test_columns_are_taken_by_name():
    text = "who,t,in,out\na,1.5,10,20\nb,2.5,11,21\n"
    found = read(text, columns=("t", "In", "out"))
    assert (found.form, found.traffic.arrival_s.tolist()) == ("named", [0, 1])
    assert "“nope”" in refusal(text, columns=("nope", "in", "out"))


HOSTILE = {
    "empty": (b"", "empty"),
    "header only": (HEADER, "no requests"),
    "one request": (azure(1), "one request"),
    "no header": (azure().removeprefix(HEADER), "name others by hand"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
    "zip": (b"PK\x03\x04rest", "ZIP"),
    "gzip": (b"\x1f\x8b\x08\0", "gzip"),
    "Parquet": (b"PAR1\x15\x04", "Parquet"),
    "bytes": (b"ab\0cd\0\0", "no text"),
    "one long line": (b"x" * 3_000_000, "without an end of line"),
    "NaN everywhere": (HEADER + "2023-11-16 18:15:46,NaN,4\n" * 3, "“NaN”"),
    "prose": ("Dear all,\nplease find\nattached\n", "“Dear all,”"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_trace_is_refused_with_its_reason(name):
    data, reason = HOSTILE[name]
    assert reason in refusal(data)


def test_too_large_a_file_is_refused_before_it_is_read():
    with pytest.raises(TraceError, match="200 MiB"):
        TraceReader(size_bytes=200 * 2**20)
    reader = TraceReader()
    reader.feed(HEADER.encode())
    line = azure().encode().removeprefix(HEADER.encode())
    reader._read_bytes = MOST_BYTES
    with pytest.raises(TraceError, match="150 MiB"):
        reader.feed(line)


BAD = {
    "NaN": ("2023-11-16 18:15:46,nan,4", "not a whole number"),
    "infinity": ("2023-11-16 18:15:46,inf,4", "not a whole number"),
    "a fraction": ("2023-11-16 18:15:46,1.5,4", "not a whole number"),
    "negative": ("2023-11-16 18:15:46,-5,4", "at least one"),
    "no reply": ("2023-11-16 18:15:46,5,0", "at least one"),
    "huge": ("2023-11-16 18:15:46,1e30,4", "more than any model"),
    "no time": ("yesterday,5,4", "neither a time"),
    "no time at all": ("NaN,5,4", "neither a time"),
    "too few fields": ("2023-11-16 18:15:46,5", "2 fields for 3 columns"),
    "too many": ("2023-11-16 18:15:46,5,4,3", "4 fields"),
    "quoted comma": ('"2023-11-16, 18:15:46",5,4', "neither a time"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_counted_and_the_first_is_named(name):
    line, reason = BAD[name]
    lines = azure(20).splitlines()
    found = read("\n".join([*lines[:8], line, line, *lines[8:]]))
    assert (found.lines, found.bad, len(found.traffic)) == (22, 2, 20)
    assert found.first_bad[0] == 9
    assert reason in say(found.first_bad[1])
    assert "line 9" in say(found.notices[0])


def test_the_number_of_a_bad_line_counts_through_all_pieces():
    lines = azure(60_000).splitlines()
    lines[50_000] = "2023-11-16 18:15:46,-1,4"
    assert read("\n".join(lines)).first_bad[0] == 50_001


def test_quotes_semicolons_and_utf_16_are_read():
    quoted = '"TIMESTAMP","ContextTokens","GeneratedTokens"\n'
    quoted += '"2023-11-16 18:15:46","374","44"\n"2023-11-16 18:15:47","375","45"\n'
    for data in (
        quoted,
        azure(separator=";"),
        azure().encode("utf-16"),
        b"\xff\xfe" + azure().encode("utf-16-le"),
        b"\xef\xbb\xbf" + azure().encode(),
        azure().replace("\n", "\r\n"),
    ):
        found = read(data, piece=1001)
        assert found.bad == 0
        assert found.traffic.input_tokens[:2].tolist() == [374, 375]


def test_other_time_zones_are_the_same_moments():
    east = "2023-11-16 20:15:46+02:00,374,44\n2023-11-16 18:15:47+00:00,375,45\n"
    assert read(HEADER + east).traffic.arrival_s.tolist() == [0, 1]
    mixed = read(HEADER + east + "2023-11-16 18:15:48,376,46\n")
    assert mixed.traffic.arrival_s.tolist() == [0, 1, 2]
    assert "UTC" in say(mixed.notices[0])


def test_unsorted_lines_are_sorted_and_told():
    head, *rest = azure(30).splitlines()
    found = read("\n".join([head, *reversed(rest)]))
    assert (np.diff(found.traffic.arrival_s) > 0).all()
    assert found.traffic.input_tokens.tolist() == list(range(374, 404))
    assert "sorted" in say(found.notices[0])


def test_duplicates_are_kept_and_counted():
    head, *rest = azure(30).splitlines()
    found = read("\n".join([head, *rest, *rest[-3:]]))
    assert (found.duplicates, len(found.traffic)) == (3, 33)
    assert "3 requests equal" in say(found.notices[-1])


def test_a_file_is_read_with_progress(tmp_path):
    path = tmp_path / "trace.csv"
    path.write_text(azure())
    shares = []
    assert read_trace(path, progress=shares.append).lines == 50
    assert shares[-1] == 1


def test_each_hostile_file_of_the_list_is_read_or_refused_and_says_so():
    """Empty, one line, NaN, negative, unsorted, zones, duplicates, commas, semicolons, UTF-16."""
    head, *rest = azure(40).splitlines()
    told = {
        "negative": "\n".join([head, *rest, "2023-11-16 18:15:46,-5,4"]),
        "unsorted": "\n".join([head, *reversed(rest)]),
        "duplicates": "\n".join([head, *rest, rest[-1]]),
        "zones": "\n".join([head, *rest, "2023-11-16 20:15:46+02:00,9,9"]),
    }
    for name, text in told.items():
        found = read(text)
        assert len(found.traffic) >= 40, name
        assert found.notices, name
        assert all(say(each) for each in found.notices), name
