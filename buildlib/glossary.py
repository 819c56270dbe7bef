"""Terms that are explained where a part first names them, by a popover that needs no script."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from labpy.words import Message, say

TERMS = {
    "p99": ("glossary-p99.term", "glossary-p99"),
    "p999": ("glossary-p999.term", "glossary-p999"),
    "knee": ("glossary-knee.term", "glossary-knee"),
    "alpha": ("glossary-alpha.term", "glossary-alpha"),
    "stall": ("glossary-stall.term", "glossary-stall"),
    "utilization": ("glossary-utilization.term", "glossary-utilization"),
    "batch": ("glossary-batch.term", "glossary-batch"),
    "kv-cache": ("glossary-kv-cache.term", "glossary-kv-cache"),
    "all-reduce": ("glossary-all-reduce.term", "glossary-all-reduce"),
    "draft": ("glossary-draft.term", "glossary-draft"),
    "sla": ("glossary-sla.term", "glossary-sla"),
    "sweet-spot": ("glossary-sweet-spot.term", "glossary-sweet-spot"),
    "dram": ("glossary-dram.term", "glossary-dram"),
}
CUT = "<!-- cut -->"
TAGS = re.compile(r"(<[^>]*>)")


def explained(texts: Sequence[str], place: str) -> tuple[Markup, ...]:
    """Make each term's first mention in rendered texts a button that opens its explanation.

    Parameters
    ----------
    texts : sequence of str
        What Markdown made of the texts of one part, in the order of reading.
    place : str
        Begins the names of the explanations, which a page must have once.

    Returns
    -------
    tuple of Markup
        The texts; the explanations stand after the first, which is never folded away.
    """
    pieces, notes = TAGS.split(CUT.join(texts)), []
    for key, (term, meaning) in TERMS.items():
        word = re.compile(rf"(?<!\w){re.escape(say(Message(term)))}s?(?!\.\d|\w)", re.IGNORECASE)
        for i in range(0, len(pieces), 2):  # text; between them stand the tags
            if not (found := word.search(pieces[i])):
                continue
            name = f"{place}-term-{key}"
            button = (
                f'<button type="button" class="term" popovertarget="{name}">{found[0]}</button>'
            )
            before, after = pieces[i][: found.start()], pieces[i][found.end() :]
            pieces[i : i + 1] = [before, button, after]
            text = escape(say(Message(meaning)))
            notes.append(f'<div popover class="term-note" id="{name}">{text}</div>')
            break
    first, *others = "".join(pieces).split(CUT)
    return (Markup("".join([first, *notes])), *map(Markup, others))
