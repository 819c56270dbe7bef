"""The app inside the web worker: `start` once, then `receive`, `patch` and `render`.

The worker's script calls these with JSON text, which crosses the border faster than proxies do.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from typing import Any

from js import Object  # type: ignore[import-not-found]
from pyodide.ffi import to_js  # type: ignore[import-not-found]

from labpy.app import protocol
from labpy.app.lab import Lab
from labpy.app.page import Message, Page
from labpy.browser.documents import LinkedDocument
from labpy.words import msg, say

Post = Callable[..., None]

BENCH = "fleet"  # what the open bench's page calls its track
CLASS = "class"  # and the teachers' page of a class


class WorkerPage(Page):
    """Tells by posting JSON text out of the worker."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def send(self, message: Message) -> None:
        """Post one message."""
        self._post("lab", text=json.dumps(message, allow_nan=False))


def _lab_of(track: str) -> Callable[..., Any]:
    """Give the lab of a track, of the open bench or of a class, which no track needs."""
    if track == BENCH:
        from labpy.app.fleet import FleetLab

        return FleetLab
    if track == CLASS:
        from labpy.app.class_lab import ClassLab

        return ClassLab
    return Lab


class App:
    """The lab and its linked documents."""

    def __init__(self, init: dict[str, Any], post: Post) -> None:
        self._post = post
        self.page = WorkerPage(post)
        self.lab = _lab_of(init["track"])(
            self.page,
            track=init["track"],
            build=init["build"],
            at=init["at"],
            identity=init["identity"],
            ledger_text=init["ledger"],
            query=init["query"],
            settings=init["settings"],
            theme=init["theme"],
        )
        self._documents: dict[str, LinkedDocument] = {}
        for message in init["queued"]:
            self.receive(json.dumps(message))

    def render(self, part: int, at: str) -> None:
        """Build a part's documents, if need be, and post them; `at` is the reader's clock.

        Widgets and figures live in documents of their own: the Material theme repaints every
        figure of the document that it is in, and tells Python so, again and again.
        """
        self.lab.clock = at
        if f"{part}/knobs" not in self._documents:
            layout = self.lab.open(part).layout
            rendered = []
            for name, roots in (("knobs", layout.knob_roots()), ("figures", layout.figure_roots())):
                if not roots:
                    continue  # a second fleet's dials have no figures of their own
                linked = self._documents[f"{part}/{name}"] = LinkedDocument(roots)
                rendered.append({"name": f"{part}/{name}", **linked.as_render()})
            self._post("render", text=json.dumps(rendered))
        self.lab.show(part)

    def receive(self, text: str) -> None:
        """Take one message of the page; an error in it is told, and the lab goes on."""
        try:
            self.lab.receive(json.loads(text))
        except Exception as error:
            self._failed(error)
        self._flush()

    def trace(self, size: int, columns: str, data: Any, first: bool, last: bool) -> None:
        """Take the next bytes of a trace for the open bench."""
        try:
            self.lab.bench.take_trace(size, columns, data.to_bytes(), last, first)
        except Exception as error:
            self._failed(error)
        self._flush()

    def hand_in(self, name: str, data: Any) -> None:
        """Take a file that was handed in, for a class."""
        try:
            self.lab.take(name, data.to_bytes())
        except Exception as error:
            self._failed(error)

    def patch(self, name: str, text: str, at: str) -> None:
        """Apply a change of the page to one of the documents; `rest` does what it leaves undone."""
        self.lab.clock = at
        workbench = self.lab.workbenches[int(name.split("/")[0])]
        try:
            with workbench.moving():
                self._documents[name].apply(json.loads(text))
        except Exception as error:
            self._failed(error)
        self._flush()

    def rest(self) -> bool:
        """Do one piece of what moving knobs left undone; True if there may be more to do."""
        more = False
        try:
            more = any(each.rest() for each in self.lab.workbenches.values())
        except Exception as error:
            self._failed(error)
        self._flush()
        return more

    def _failed(self, error: Exception) -> None:
        traceback.print_exception(error)
        words = msg("workbench-error", error=f"{type(error).__name__}: {error}")
        self.page.tell("notice", tone="warn", text=say(words))

    def _flush(self) -> None:
        for name, linked in self._documents.items():
            if taken := linked.take_patch():
                patch, buffers = taken
                views = to_js(buffers, dict_converter=Object.fromEntries)
                self._post("patch", name=name, text=patch, buffers=views)


def start(init_text: str, post: Post) -> App:
    """Start the app for the page's init message."""
    init = json.loads(init_text)
    protocol.check("to_worker", {"kind": "start", **init})
    app = App(init, post)
    app.lab.welcome()
    return app
