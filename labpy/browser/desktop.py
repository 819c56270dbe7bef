"""The twin of the worker for the desktop: `panel serve labpy/browser/desktop.py`.

A short loop while developing: the same views, without Pyodide. There is no page around them, so
the facts it would show are printed under the figures.
"""

from __future__ import annotations

from datetime import UTC, datetime

import panel as pn

from labpy.app.lab import Lab
from labpy.app.page import Message, Page


class PanelPage(Page):
    """Shows the summaries it is told in a pane of Markdown-free text."""

    def __init__(self) -> None:
        self.pane = pn.pane.Str("", sizing_mode="stretch_width")

    def send(self, message: Message) -> None:
        """Show sentences and lights; other messages have no place here."""
        if message["kind"] == "facts":
            lines = [each["summary"] for each in message["instruments"].values()]
            lines += [f"{key}: {t['value']} {t['state']}" for key, t in message["targets"].items()]
            lines += [each["title"] for each in message["failures"]]
            self.pane.object = "\n".join(lines)


def app(track: str = "cloud", part: int = 1) -> pn.Row:
    """Lay one part out: knobs at the left, figures and facts at the right."""
    page = PanelPage()
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    lab = Lab(page, track=track, build="desktop", at=at)
    view = lab.open(part)
    first = view.mission.lock.options
    if first:
        lab.receive({"kind": "predict", "part": part, "answer": first[0].key, "at": at})
    view.tell()
    layout = view.layout
    knobs = pn.Column(*layout.knob_roots().values(), width=320)
    figures = [pn.pane.Bokeh(f, height=420) for f in layout.figure_roots().values()]
    return pn.Row(knobs, pn.Column(*figures, page.pane))


if pn.state.served:
    query = {key: value[0].decode() for key, value in pn.state.session_args.items()}
    app(query.get("track", "cloud"), int(query.get("part", 1))).servable()
