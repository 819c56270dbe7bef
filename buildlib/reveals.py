"""The text of a reveal, with every number from the models, and a link to where each holds.

A reveal is Markdown with two more notations. ``[{latency}](setting:winning?replicas=1)`` names a
setting (``start``, ``winning`` or ``tempting``, with changes): the link sets the dials to it, and
what stands in braces is what the models say there: a target by its key, any metric with a kind
(``{served_per_s:requests_per_s}``), or the dial ``{=replicas}`` itself. ``{~layers}``, anywhere, is
a value of the sentence that tells the lock's truth.

``![A caption.](sweep:winning?x=replicas&y=latency)`` draws a target or ``metric:kind`` along a
dial (``from``, ``to`` and ``points`` bound it), and ``![...](bars:start|winning?y=latency)`` at
settings, which ``&names=...|...`` names.
"""

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from markupsafe import Markup, escape

from buildlib.errors import BuildError
from buildlib.pseudo import as_spoken
from buildlib.quoting import quoted_html, quoted_text
from labpy.missions import Knob, MissionError, Part, Target
from labpy.scenarios import Outcome, kept_scenario
from labpy.state.link import to_query
from labpy.words import Amount, Message, say
from labpy.words.amounts import KINDS

LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(setting:([^)]*)\)")
FIGURE = re.compile(r"^!\[([^\]]+)\]\((sweep|bars):([^)]*)\)$", re.MULTILINE)
READING = re.compile(r"\{([^{}!]+)\}")
POINTS = 13  # of a sweep along a dial
WIDE, HIGH, RIGHT, TOP, BELOW = 320, 190, 14, 18, 36  # of a figure, in its own pixels


class Reveal:
    """Fills one part's reveal from the models."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.scenario = kept_scenario(part)
        self.where = f"{part.track}/part_{part.number}.md: Reveal"
        self.evaluate = cache(self._evaluate)

    def _evaluate(self, pairs: tuple[tuple[str, Any], ...]) -> Outcome:
        settings = dict(pairs)
        return self.scenario.quickly(settings)

    def outcome(self, settings: dict[str, Any]) -> Outcome:
        """Evaluate the models at a setting, once."""
        return self.evaluate(tuple(settings.items()))

    def settings(self, named: str) -> dict[str, Any]:
        """Read ``winning?replicas=1``; BuildError for what is no setting of the part."""
        base, _, changes = named.partition("?")
        bases = {
            "start": self.part.start(),
            "winning": dict(self.part.winning),
            "tempting": dict(self.part.tempting),
        }
        if base not in bases:
            raise BuildError(f"{self.where}: no setting {base!r}; there is {', '.join(bases)}.")
        found = bases[base]
        for key, text in parse_qsl(changes):
            try:
                found[key] = self.part.knob(key).parse(text)
            except (KeyError, MissionError) as error:
                raise BuildError(f"{self.where}: {key}={text}: {error}.") from None
        return found

    def quantity(self, name: str) -> tuple[str, Target | None, str]:
        """Tell the metric, the target if it is one, and the kind of what ``name`` asks for."""
        for target in self.part.targets:
            if target.key == name:
                return target.metric, target, target.quantity
        metric, _, kind = name.partition(":")
        if kind not in KINDS:
            raise BuildError(f"{self.where}: there is no reading {{{name}}}.")
        return metric, None, kind

    def reading(self, name: str, settings: dict[str, Any]) -> str:
        """Say what the models, or the dials, have at a setting."""
        if name.startswith("="):
            return self.part.knob(name[1:]).shown(settings[name[1:]])
        metric, target, kind = self.quantity(name)
        outcome = self.outcome(settings)
        if metric not in outcome.metrics:
            known = ", ".join(outcome.metrics)
            raise BuildError(f"{self.where}: no metric {metric!r}; there is {known}.")
        if target:
            return say(target.amount(outcome.metrics[metric]))
        return say(Amount(float(outcome.metrics[metric]), kind))

    def text(self) -> str:
        """Return the Markdown with every reading filled in, and figures taken out."""
        told = FIGURE.sub("", self.part.words["Reveal"])
        return quoted_text(self._filled(told), self.part)

    def _filled(self, text: str) -> str:
        return READING.sub(self._told, LINK.sub(self._link, text))

    def _link(self, found: re.Match[str]) -> str:
        settings = self.settings(found[2])
        label = READING.sub(
            lambda each: each[0] if each[1][0] == "~" else self.reading(each[1], settings),
            found[1],
        )
        return f"[{label}](?{to_query(self.part, settings, self.part.track)})"

    def _told(self, found: re.Match[str]) -> str:
        name, truth = found[1], self.scenario.truth()
        if name == "~":
            return say(self.part.lock.outcome(truth.value))
        sentence = truth.sentence
        if name[0] != "~" or not isinstance(sentence, Message) or name[1:] not in sentence.values:
            raise BuildError(f"{self.where}: {{{name}}} stands in no setting and is no truth.")
        return say(sentence.values[name[1:]])

    # ---- Figures -------------------------------------------------------------------------------

    def html(self, markdown: Any) -> Markup:
        """Render the reveal: each figure stands before the paragraph that follows it."""
        source = self.part.words["Reveal"]
        pieces, at = [], 0
        for found in FIGURE.finditer(source):
            pieces += [
                self._prose(source[at : found.start()], markdown),
                self._figure(found, markdown),
            ]
            at = found.end()
        return Markup("\n").join([*pieces, self._prose(source[at:], markdown)])

    def _prose(self, text: str, markdown: Any) -> Markup:
        html = markdown.render(self._filled(text))
        return quoted_html(html.replace('<a href="?', '<a data-setting href="?'), self.part)

    def _figure(self, found: re.Match[str], markdown: Any) -> Markup:
        caption, how, said = found.groups()
        base, _, asked = said.partition("?") if how == "sweep" else said.rpartition("?")
        options = dict(parse_qsl(asked))
        if how == "sweep":
            drawn = self._sweep(base, options)
        else:
            drawn = self._bars(base.split("|"), options)
        words = markdown.renderInline(self._filled(caption))
        return Markup(f'<figure class="told">{drawn}<figcaption>{words}</figcaption></figure>')

    def _sweep(self, base: str, options: dict[str, str]) -> str:
        knob = self.part.knob(options.pop("x"))
        wanted = options.pop("y")
        low, high = options.pop("from", None), options.pop("to", None)
        points = int(options.pop("points", POINTS))
        settings = self.settings(base + "?" + "&".join(f"{k}={v}" for k, v in options.items()))
        values = list(_along(knob, low, high, points))
        metric, target, kind = self.quantity(wanted)
        ys = [self.outcome({**settings, knob.key: each}).metrics[metric] for each in values]
        labels = [knob.shown(each) for each in values]
        here = values.index(settings[knob.key]) if settings[knob.key] in values else None
        return _svg(knob.label, labels, ys, kind, target, bars=knob.kind == "choice", here=here)

    def _bars(self, names: list[str], options: dict[str, str]) -> str:
        metric, target, kind = self.quantity(options["y"])
        titles = [as_spoken(each) for each in options.get("names", "|".join(names)).split("|")]
        ys = [self.outcome(self.settings(each.replace(",", "&"))).metrics[metric] for each in names]
        return _svg("", titles, ys, kind, target, bars=True, here=None)


def _along(knob: Knob, low: str | None, high: str | None, points: int) -> Iterator[Any]:
    """Give the places of a dial at which a sweep is evaluated."""
    if knob.kind in ("choice", "switch"):
        yield from (knob.choices or (False, True))
        return
    least = float(low) if low else float(knob.low)
    most = float(high) if high else float(knob.high)
    steps = round((most - least) / knob.step)
    stride = max(1, math.ceil(steps / (points - 1)))
    for i in range(0, steps + 1, stride):
        value = round(least + i * knob.step, 10)
        yield int(value) if knob.kind == "int" else value


def _svg(
    across: str,
    labels: list[str],
    ys: list[float],
    kind: str,
    target: Target | None,
    *,
    bars: bool,
    here: int | None,
) -> str:
    """Draw values at places, a target's limit, and the setting in question; words as a label."""
    limit = target.limit if target else None
    finite = [y for y in ys if math.isfinite(y)]
    if not finite:
        raise BuildError(f"a figure of {across} has nothing to draw")
    top = max([*finite, limit or 0.0]) * 1.08 or 1.0
    if limit and top > 7 * limit and not bars:
        # What lies far beyond the limit leaves the figure.
        top = max([4 * limit, *(1.08 * each for each in finite if each <= 6 * limit)])
    base = HIGH - BELOW

    def written(y: float) -> str:
        return say(Amount(float(y), kind))

    marks = [] if bars else [top / 1.08]
    if limit is not None and limit <= top:
        marks = [m for m in marks if abs(m - limit) > 0.12 * top] + [limit]
    left = 8 + max((7 * len(written(each)) for each in marks), default=8)
    step = (WIDE - left - RIGHT) / (len(ys) if bars else max(1, len(ys) - 1))
    begin = left + (step / 2 if bars else 0)

    def place(i: int, y: float) -> tuple[float, float]:
        y = min(y, top)
        return round(begin + i * step, 1), round(base - y / top * (base - TOP), 1)

    label = "; ".join(f"{name}: {written(y)}" for name, y in zip(labels, ys, strict=True))
    if limit is not None:
        label += f"; {target.label}: {say(target.bound)}" if target else ""
    parts = [f'<path class="axis" d="M{left} {TOP}V{base}H{WIDE - RIGHT}"/>']
    if limit is not None and limit <= top:
        y = place(0, limit)[1]
        parts.append(f'<path class="limit" d="M{left} {y}H{WIDE - RIGHT}"/>')
    parts += [_word(left - 5, place(0, each)[1] + 4, written(each), "end") for each in marks]
    if bars:
        for i, y in enumerate(ys):
            x, up = place(i, y if math.isfinite(y) else top)
            bad = target is not None and not target.passes(y)
            mark = "bar bad" if bad else "bar"
            wide = round(step * 0.6, 1)
            parts.append(
                f'<rect class="{mark}" x="{x - wide / 2:.1f}" y="{up}" width="{wide}" '
                f'height="{round(base - up, 1)}"/>'
            )
            met = limit is not None and limit <= top and up - 18 < place(0, limit)[1] < up + 2
            at, look = (up + 14, "" if bad else "within") if met else (up - 4, "")
            parts.append(_word(x, at, written(y), "middle", look))
            parts.append(_word(x, base + 14, labels[i], "middle"))
    else:
        places = [place(i, y) for i, y in enumerate(ys) if math.isfinite(y)]
        parts.append(f'<polyline points="{" ".join(f"{x},{y}" for x, y in places)}"/>')
        if here is not None and ys[here] <= top:
            x, y = place(here, ys[here])
            parts.append(f'<circle cx="{x}" cy="{y}" r="5"/>')
        for i, anchor in ((0, "start"), (len(ys) - 1, "end")):
            parts.append(_word(place(i, 0)[0], base + 14, labels[i], anchor))
    if target:
        parts.append(_word(left, TOP - 7, target.label, "start"))
    parts.append(_word((left + WIDE - RIGHT) / 2, HIGH - 5, across, "middle"))
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )


def _word(x: float, y: float, text: str, anchor: str, look: str = "") -> str:
    if not text:
        return ""
    looks = f' class="{look}"' if look else ""
    return f'<text{looks} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
