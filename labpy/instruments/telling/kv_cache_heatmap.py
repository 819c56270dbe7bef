"""A cache in words: what it holds in one frame, for a KV cache and for memories shown like it."""

from __future__ import annotations

from dataclasses import dataclass

from labpy.instruments.pictures.kv_cache_heatmap import BlockState, CacheFilm
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Amount, Message, amounts, msg, say

# A state has its mark on a cell and the like hatch in the strip, so colour is never alone.
ORDER = (
    BlockState.TOKEN,
    BlockState.RESERVED,
    BlockState.INTERNAL,
    BlockState.EXTERNAL,
    BlockState.FREE,
)
STATES = {
    BlockState.FREE: msg("heatmap-free"),
    BlockState.RESERVED: msg("heatmap-reserved"),
    BlockState.INTERNAL: msg("heatmap-internal"),
    BlockState.EXTERNAL: msg("heatmap-external"),
}
SHORT = {
    BlockState.INTERNAL: msg("heatmap-internal.short"),
    BlockState.EXTERNAL: msg("heatmap-external.short"),
}


@dataclass(frozen=True)
class MemoryWords:
    """What the memory is of, for an instrument that shows another memory the same way.

    `sentence` and `numbers` are keys of messages that take what is given to them here.
    """

    memory: Message
    held: Message
    sentence: str
    empty: Message
    formula: Message
    formula_held: Message
    formula_whole: Message
    numbers: str
    source: Message

    def of(self, state: BlockState) -> Message:
        """Name a state."""
        return self.held if state == BlockState.TOKEN else STATES[state]

    def short(self, state: BlockState) -> Message:
        """Name a state in the key, which must fit a phone."""
        return SHORT.get(state, self.of(state))


CACHE = MemoryWords(
    memory=msg("heatmap-memory"),
    held=msg("heatmap-held"),
    sentence="heatmap-sentence",
    empty=msg("heatmap-sentence-empty"),
    formula=msg("heatmap-formula"),
    formula_held=msg("heatmap-formula-held"),
    formula_whole=msg("heatmap-formula-whole"),
    numbers="heatmap-formula-numbers",
    source=msg("heatmap-formula-source"),
)


def _people(film: CacheFilm, frame: int) -> dict[str, Amount]:
    return {
        "time": amounts.duration(film.time_s[frame]),
        "running": amounts.count(film.running[frame]),
        "waiting": amounts.count(film.waiting[frame]),
    }


def swatch(film: CacheFilm, frame: int, state: BlockState, words: MemoryWords) -> Message:
    """Say in the key what share of the frame a state takes."""
    share = amounts.share(film.shares()[frame][state])
    return msg("heatmap-swatch", state=words.short(state), share=share)


def sentence(picture: CacheFilm, frame: int, words: MemoryWords) -> Message:
    """Say what the memory holds in a frame."""
    if not picture.frames:
        return words.empty
    share = picture.shares()[frame]
    lost = 1 - share[BlockState.TOKEN] - share[BlockState.FREE]
    said = msg(
        words.sentence,
        **_people(picture, frame),
        allocator=picture.allocator,
        held=amounts.share(share[BlockState.TOKEN]),
        lost=amounts.share(max(lost, 0.0)),
        free=amounts.share(share[BlockState.FREE]),
        preemptions=amounts.count(picture.preemptions),
    )
    return msg("heatmap-noted", said=said, note=picture.note) if picture.note else said


def table(picture: CacheFilm, frame: int, words: MemoryWords) -> Table:
    """Give cells, share and memory by state in a frame."""
    columns = (
        msg("heatmap-column-state"),
        msg("heatmap-column-cells"),
        msg("heatmap-column-share"),
        msg("heatmap-column-memory"),
    )
    if not picture.frames:
        return Table(msg("heatmap-table-empty"), columns, ())
    counts, share = picture.counts(frame), picture.shares()[frame]
    memory = picture.cells * picture.cell_bytes
    rows = tuple(
        (
            words.of(state),
            amounts.count(counts[state]),
            amounts.share(share[state]),
            amounts.memory(share[state] * memory),
        )
        for state in ORDER
    )
    return Table(msg("heatmap-table", frame=frame + 1, frames=picture.frames), columns, rows)


def formulas(picture: CacheFilm, frame: int, words: MemoryWords) -> tuple[Formula, ...]:
    """Give the share that holds token states with the numbers of a frame."""
    if not picture.frames:
        return ()
    share = picture.shares()[frame][BlockState.TOKEN]
    memory = picture.cells * picture.cell_bytes
    top, bottom = m.text(say(words.formula_held)), m.text(say(words.formula_whole))
    return (
        Formula(
            words.formula,
            m.math(m.ident("u"), m.op("="), m.frac(top, bottom)),
            msg(
                words.numbers,
                held=amounts.memory(share * memory),
                whole=amounts.memory(memory),
                share=amounts.share(share),
                room=amounts.chosen(picture.cell_tokens, "number"),
                cell=amounts.memory(picture.cell_bytes),
            ),
            words.source,
        ),
    )
