"""Traces of requests from files that others wrote: read in pieces, or refused with a reason.

A ``TraceReader`` is fed the bytes of the file piece by piece and never holds the whole text. Lines
that are all plain numbers and times are parsed by numpy, a piece at a time; a piece in which
anything is out of the ordinary is gone through line by line, which finds the bad ones and says why.

The forms that are told apart by their columns:

- Azure, 2023 and 2024: ``TIMESTAMP,ContextTokens,GeneratedTokens``, times with or without a zone
  (https://github.com/Azure/AzurePublicDataset);
- BurstGPT: ``Timestamp,Model,Request tokens,Response tokens,...``, times in s
  (https://github.com/HPMLL/BurstGPT);
- Mooncake: a JSON object a line with ``timestamp`` in ms, ``input_length``, ``output_length``, and
  ``hash_ids``, which tell common beginnings (https://github.com/kvcache-ai/Mooncake).
"""

import csv
import io
import json
from array import array
from codecs import getincrementaldecoder
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from labpy.fleet.prefixes import chains, found_share
from labpy.fleet.traffic import Traffic
from labpy.words import Message, Value, WordedError, msg
from labpy.words.amounts import binary_memory, count, share

Array = NDArray[np.float64]

MOST_BYTES = 150 * 2**20  # a million lines of Azure's are 40 MB
MOST_LINES = 1_000_000
PIECE_BYTES = 2**20  # parsed at a time
MOST_TOKENS = 10_000_000
MOST_BLOCKS = 4_000_000  # hashes of prompts' blocks that are kept, in 32 MB
SHOWN = 60  # characters of what a reader typed that are quoted
FORMS = {
    "azure": (("timestamp", "contexttokens", "generatedtokens"), 1.0),
    "burstgpt": (("timestamp", "request_tokens", "response_tokens"), 1.0),
    "mooncake": (("timestamp", "input_length", "output_length"), 1e-3),
}
BINARY = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"PK\x03\x04": "ZIP",
    b"\x1f\x8b": "gzip",
    b"%PDF": "PDF",
    b"PAR1": "Parquet",
}
UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class TraceError(WordedError):
    """A file that is no trace, with the reason."""


class _BadLineError(ValueError):
    """A line that says nothing usable."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.key)
        self.reason = reason


@dataclass(frozen=True)
class Reading:
    """What a file held.

    Attributes
    ----------
    traffic
        Its requests, sorted, from time 0.
    form
        ``"azure"``, ``"burstgpt"``, ``"mooncake"`` or ``"named"``.
    lines
        Lines with something on them, the header left out.
    bad, first_bad
        Lines that were left out, and the number of the first with the reason, or None.
    duplicates
        Requests that equal the one before in time and lengths; they are kept.
    notices
        What a reader should know: sentences of the book.
    """

    traffic: Traffic
    form: str
    lines: int
    bad: int
    first_bad: tuple[int, Message] | None
    duplicates: int
    notices: tuple[Message, ...]


class TraceReader:
    """Reads a trace piece by piece: ``feed`` bytes, then ``finish``.

    Parameters
    ----------
    columns
        Names of the columns of time, tokens in and tokens out, if they are none of the known;
        numbers in the column of times are then taken as seconds.
    size_bytes
        Of the file, if known: too large a one is refused before it is read.

    Raises
    ------
    TraceError
        From any method, with a reason fit for a reader.
    """

    def __init__(self, columns: Sequence[str] | None = None, size_bytes: int | None = None) -> None:
        self._columns = None if columns is None else tuple(_plain(each) for each in columns)
        self._decode = None
        self._rest = b""
        self._read_bytes = 0
        self._header: list[str] = []
        self._separator = ","
        self._places: tuple[int, int, int] = (0, 1, 2)
        self.form = ""
        self._unit_s = 1.0
        self._found: tuple[list[Array], ...] = ([], [], [])
        self._hashed: object = None  # of the line at hand
        self._hashes, self._blocks = array("q"), array("q")  # of all prompts, and how many of each
        self.line = 0  # of the file, the last one parsed
        self.lines = self.bad = self._zoned = self._unzoned = 0
        self.first_bad: tuple[int, Message] | None = None
        self._check_size(size_bytes or 0)

    def _check_size(self, size: int) -> None:
        if size > MOST_BYTES:
            most = binary_memory(MOST_BYTES)
            raise TraceError(msg("trace-too-large", size=binary_memory(size), most=most))

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the file."""
        if not self._read_bytes and data:
            data = self._begin(data)
        self._read_bytes += len(data)
        self._check_size(self._read_bytes)
        if self._decode is not None:
            data = self._decode(data).encode()
        data = self._rest + data
        end = data.rfind(b"\n") + 1
        if not end and len(data) > PIECE_BYTES:
            raise TraceError(msg("trace-no-lines"))
        self._rest = data[end:]
        for start, stop in _pieces(data, end):
            self._parse(data[start:stop])

    def _begin(self, data: bytes) -> bytes:
        """Look at the first bytes: what file is this, and in what letters is it written?"""
        for start, name in BINARY.items():
            if data.startswith(start):
                raise TraceError(msg("trace-binary", kind=name))
        if data[:2] in UTF16:
            self._decode = getincrementaldecoder(UTF16[data[:2]])(errors="replace").decode
            self._read_bytes = 2
            return data[2:]
        data = data.removeprefix(b"\xef\xbb\xbf")
        if b"\0" in data[:4096]:
            raise TraceError(msg("trace-not-text"))
        return data

    def finish(self, progress: Callable[[], None] | None = None) -> Reading:
        """Parse what is left and put it all together."""
        if self._rest.strip():
            self._parse(self._rest + b"\n")
        self._rest = b""
        if progress is not None:
            progress()
        if not self._header and not self.lines:
            raise TraceError(msg("trace-empty"))
        if not self.lines:
            raise TraceError(msg("trace-header-only"))
        good = self.lines - self.bad
        if self.first_bad is not None and good < self.lines / 2:
            line, reason = self.first_bad
            told = {"bad": count(self.bad), "lines": count(self.lines), "line": line}
            raise TraceError(msg("trace-mostly-bad", reason=reason, **told))
        if good < 2:
            raise TraceError(msg("trace-one-request"))
        return self._reading()

    def _reading(self) -> Reading:
        times, prompts, replies = (np.concatenate(each) for each in self._found)
        notices = []
        order = None
        if (np.diff(times) < 0).any():
            order = np.argsort(times, kind="stable")
            times, prompts, replies = times[order], prompts[order], replies[order]
            notices.append(msg("trace-unsorted"))
        if self._zoned and self._unzoned:
            notices.append(msg("trace-mixed-zones", unzoned=count(self._unzoned)))
        same = (np.diff(times) == 0) & (np.diff(prompts) == 0) & (np.diff(replies) == 0)
        duplicates = int(same.sum())
        if duplicates:
            notices.append(msg("trace-duplicates", duplicates=count(duplicates)))
        if self.first_bad is not None:
            line, reason = self.first_bad
            told = {"bad": count(self.bad), "line": line, "reason": reason}
            notices.insert(0, msg("trace-bad-lines", **told))
        tokens = (prompts.astype(np.int64), replies.astype(np.int64))
        traffic = Traffic(times - times[0], *tokens, *self._beginnings(order, tokens[0], notices))
        return Reading(
            traffic, self.form, self.lines, self.bad, self.first_bad, duplicates, tuple(notices)
        )

    def _beginnings(
        self, order: NDArray[np.intp] | None, prompts: NDArray[np.int64], notices: list[Message]
    ) -> tuple[NDArray[np.int64], ...]:
        """Which beginnings prompts have in common, if the trace tells; nothing otherwise."""
        if not self._hashes:
            return ()
        if len(self._hashes) > MOST_BLOCKS:
            notices.append(msg("trace-many-blocks", most=count(MOST_BLOCKS)))
            return ()
        hashes, blocks = np.array(self._hashes), np.array(self._blocks)
        if order is not None:
            parts = np.split(hashes, np.cumsum(blocks)[:-1])
            hashes, blocks = np.concatenate([parts[each] for each in order]), blocks[order]
        found = chains(hashes, blocks, prompts)
        if found is None:
            return ()
        notices.append(msg("trace-beginnings", share=share(found_share(*found, prompts))))
        return found

    def _parse(self, piece: bytes) -> None:
        """Parse whole lines."""
        if not self._header:
            piece = self._parse_header(piece)
        if not piece:
            return
        fast = None if self.form == "mooncake" and not self._separator else self._in_bulk(piece)
        if fast is None:
            fast = self._line_by_line(piece)
        else:
            self.line += len(fast[0])
            self.lines += len(fast[0])
        for kept, values in zip(self._found, fast, strict=True):
            kept.append(values)
        if self.lines > MOST_LINES:
            raise TraceError(msg("trace-too-many", most=count(MOST_LINES)))

    def _parse_header(self, piece: bytes) -> bytes:
        """Find the columns in the first line with something on it; returns the lines after it."""
        while piece:
            first, _, rest = piece.partition(b"\n")
            text = first.decode("utf-8", "replace").strip()
            if text:
                break
            self.line += 1
            piece = rest
        else:
            return b""
        if text.startswith("{"):
            self.form, (self._names, self._unit_s) = "mooncake", FORMS["mooncake"]
            if self._columns:
                self.form, self._names, self._unit_s = "named", self._columns, 1.0
            self._header, self._separator = list(self._names), ""
            return piece
        self.line += 1
        self._separator = max(",;\t|", key=text.count)
        names = [_plain(each) for each in next(csv.reader([text], delimiter=self._separator))]
        self._header = names
        self._find_columns(names, text)
        return rest

    def _find_columns(self, names: list[str], text: str) -> None:
        if self._columns:
            missing = [each for each in self._columns if each not in names]
            if missing:
                raise TraceError(
                    msg("trace-no-column", column=missing[0][:SHOWN], header=text[:SHOWN])
                )
            self.form, wanted = "named", self._columns
        else:
            for form, (wanted, unit_s) in FORMS.items():
                if set(wanted) <= set(names):
                    self.form, self._unit_s = form, unit_s
                    break
            else:
                raise TraceError(msg("trace-unknown-columns", header=text[:SHOWN]))
        self._places = tuple(names.index(each) for each in wanted)

    def _in_bulk(self, piece: bytes) -> tuple[Array, Array, Array] | None:
        """Parse a piece of plain lines at once; None if it has any other."""
        if b'"' in piece or b"'" in piece:
            return None
        piece = piece.replace(b"\r", b"")
        width, separator = len(self._header), self._separator.encode()
        letters = np.frombuffer(piece, np.uint8)
        ends = np.flatnonzero(letters == 10)
        if not len(ends):
            return None
        marks = np.cumsum(letters == separator[0], dtype=np.int64)[ends]
        if (np.diff(marks, prepend=0) != width - 1).any():
            return None
        fields = piece.replace(b"\n", separator).split(separator)[:-1]
        when, prompt, reply = (fields[place::width] for place in self._places)
        try:
            tokens = [np.array(each, "S").astype(np.float64) for each in (prompt, reply)]
            times, zoned = self._times(when)
        except ValueError:
            return None
        for each in tokens:
            if not ((each >= 1) & (each <= MOST_TOKENS) & (each == np.floor(each))).all():
                return None
        if not np.isfinite(times).all():
            return None
        if zoned:
            self._zoned += len(when)
        else:
            self._unzoned += len(when)
        return times, *tokens

    def _times(self, fields: list[bytes]) -> tuple[Array, bool]:
        """Seconds since 1970 or since the start, and whether the fields name a time zone."""
        try:
            return np.array(fields, "S").astype(np.float64) * self._unit_s, True
        except ValueError:
            pass
        zone = b"+00:00"
        zoned = fields[0].endswith((zone, b"Z"))
        if zoned:
            if not all(each.endswith((zone, b"Z")) for each in fields):
                raise ValueError("zones differ")
            fields = [each.removesuffix(b"Z").removesuffix(zone) for each in fields]
        elif any(each[10:].count(b"+") or each[10:].count(b"-") for each in fields):
            raise ValueError("zones differ")
        texts = np.array(fields, "S").astype("U")
        whole = texts.astype("datetime64[ns]")
        if np.isnat(whole).any():
            raise ValueError("no time")
        return whole.astype(np.int64) / 1e9, zoned

    def _line_by_line(self, piece: bytes) -> tuple[Array, Array, Array]:
        found = array("d"), array("d"), array("d")
        for raw in piece.splitlines():
            self.line += 1
            text = raw.decode("utf-8", "replace").strip()
            if not text:
                continue
            self.lines += 1
            try:
                values = self._one(text)
            except _BadLineError as error:
                self.bad += 1
                if self.first_bad is None:
                    self.first_bad = self.line, error.reason
                continue
            for kept, value in zip(found, values, strict=True):
                kept.append(value)
            self._keep_blocks()
        return tuple(np.array(each) for each in found)

    def _keep_blocks(self) -> None:
        """Keep the hashes of the line's prompt; whatever else stands there tells no beginnings."""
        given, self._hashed = self._hashed, None
        hashes = [] if len(self._hashes) > MOST_BLOCKS or not isinstance(given, list) else given
        if not all(type(each) is int and abs(each) < 2**63 for each in hashes):
            hashes = []
        self._hashes.extend(hashes)
        self._blocks.append(len(hashes))

    def _one(self, text: str) -> tuple[float, int, int]:
        """One line; _BadLineError says what is wrong with it."""
        when, prompt, reply = self._fields(text)
        return self._time(when), _tokens(prompt), _tokens(reply)

    def _fields(self, text: str) -> tuple[str, str, str]:
        if not self._separator:
            try:
                row = {_plain(str(k)): v for k, v in json.loads(text).items()}
                self._hashed = row.get("hash_ids")
                return tuple(str(row[name]) for name in self._names)
            except (ValueError, AttributeError, KeyError):
                raise _BadLineError(msg("trace-bad-json", text=text[:SHOWN])) from None
        fields = next(csv.reader(io.StringIO(text), delimiter=self._separator), [])
        if len(fields) != len(self._header):
            told = {"fields": len(fields), "columns": len(self._header)}
            raise _BadLineError(msg("trace-bad-fields", **told))
        return tuple(fields[place].strip() for place in self._places)

    def _time(self, text: str) -> float:
        try:
            value = float(text) * self._unit_s
            if not isfinite(value):
                raise _BadLineError(msg("trace-bad-time", text=text[:SHOWN]))
            self._zoned += 1
            return value
        except _BadLineError:
            raise
        except ValueError:
            pass
        try:
            moment = datetime.fromisoformat(_six_digits(text))
        except ValueError:
            raise _BadLineError(msg("trace-bad-time", text=text[:SHOWN])) from None
        if moment.tzinfo is None:
            self._unzoned += 1
            moment = moment.replace(tzinfo=UTC)
        else:
            self._zoned += 1
        return moment.timestamp() + _beyond_microseconds(text)


def _pieces(data: bytes, end: int) -> list[tuple[int, int]]:
    """Cut whole lines into pieces of about PIECE_BYTES."""
    cuts = [0]
    while end - cuts[-1] > PIECE_BYTES:
        cuts.append(data.find(b"\n", cuts[-1] + PIECE_BYTES) + 1)
    return list(zip(cuts, [*cuts[1:], end], strict=True)) if end else []


def _plain(name: str) -> str:
    return name.strip().strip('"').strip().lower().replace(" ", "_")


def _fraction(text: str) -> str:
    """The digits after the seconds' point."""
    tail = text.partition(".")[2]
    return tail[: len(tail) - len(tail.lstrip("0123456789"))]


def _six_digits(text: str) -> str:
    digits = _fraction(text)
    return text.replace(f".{digits}", f".{digits[:6]}", 1) if len(digits) > 6 else text


def _beyond_microseconds(text: str) -> float:
    rest = _fraction(text)[6:]
    return int(rest) * 10.0 ** -(6 + len(rest)) if rest else 0.0


def _tokens(text: str) -> int:
    try:
        value = float(text)
    except ValueError:
        raise _BadLineError(msg("trace-bad-number", text=text[:SHOWN])) from None
    if not isfinite(value) or value != int(value):
        raise _BadLineError(msg("trace-bad-number", text=text[:SHOWN]))
    if value < 1:
        raise _BadLineError(msg("trace-too-few-tokens", text=text[:SHOWN]))
    if value > MOST_TOKENS:
        raise _BadLineError(msg("trace-too-many-tokens", text=text[:SHOWN]))
    return int(value)


def read_trace(
    path: Path | str,
    columns: Sequence[str] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Reading:
    """Read a file; ``progress`` hears the share that is read.

    Raises
    ------
    TraceError
        If it is no trace, with the reason.
    OSError
        If it can't be read.
    """
    path = Path(path)
    size = path.stat().st_size
    reader = TraceReader(columns, size)
    done = 0
    with path.open("rb") as file:
        while data := file.read(4 * PIECE_BYTES):
            reader.feed(data)
            done += len(data)
            if progress is not None:
                progress(done / size)
    return reader.finish()


def notice_of_thinning(whole: int, kept: int) -> Value:
    """Say that a trace was thinned, and what that means."""
    return msg("trace-thinned", whole=count(whole), kept=count(kept))
