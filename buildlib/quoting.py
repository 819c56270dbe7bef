"""Limits in prose: ``{!latency}`` quotes the limit of the target ``latency`` with its unit, and
``{!latency#}`` its number alone, so that a text never says another number than the light.

Where a teacher may set another limit, the page's script finds the quotation and follows.
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from buildlib.errors import BuildError
from labpy.missions import Part, Target
from labpy.words import bare, say

QUOTED = re.compile(r"\{!([a-z_]+)(#?)\}")


def quoted_text(text: str, part: Part) -> str:
    """Fill in a text's quotations; BuildError for a target that the part does not have."""
    return _filled(text, part, lambda _target, said, _bare: said)


def quoted_html(html: str, part: Part) -> Markup:
    """Fill in the quotations of what Markdown made, each findable where it may change."""

    def marked(target: Target, said: str, number: bool) -> str:
        if not target.assignable:
            return str(escape(said))
        form = " data-number" if number else ""
        return f'<span data-limit="{target.key}"{form}>{escape(said)}</span>'

    return Markup(_filled(html, part, marked))


def _filled(text: str, part: Part, made: Callable[[Target, str, bool], str]) -> str:
    targets = {each.key: each for each in part.targets}

    def one(found: re.Match[str]) -> str:
        if found[1] not in targets:
            known = ", ".join(targets)
            where = f"{part.track}/part_{part.number}.md"
            raise BuildError(f"{where}: there is no limit {{!{found[1]}}}; there is {known}.")
        target = targets[found[1]]
        said = bare(target.quoted) if found[2] else say(target.quoted)
        return made(target, said, bool(found[2]))

    return QUOTED.sub(one, text)
