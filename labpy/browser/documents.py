"""Bokeh documents without a server: one for each part, linked to the page by messages.

Panel's `panel.io.pyodide` does the same for one document; here several live side by side, and all
changes that one message causes travel back in one patch.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bokeh.core.serialization import Buffer, Serialized, Serializer
from bokeh.document import Document
from bokeh.document.events import DocumentPatchedEvent
from bokeh.document.json import PatchJson
from bokeh.embed.util import standalone_docs_json_and_render_items
from bokeh.io.doc import set_curdoc
from bokeh.model import Model
from bokeh.settings import settings as bokeh_settings
from panel.io.state import state
from panel.viewable import Viewable

SETTER = "js"  # marks changes that came from the page, which must not be sent back


class LinkedDocument:
    """A document whose changes are gathered until `take_patch`."""

    def __init__(self, roots: Mapping[str, Viewable | Model]) -> None:
        """Add the roots; each key is the id of the element that the root is drawn into."""
        bokeh_settings.simple_ids.set_value(False)
        self.document = Document()
        self._elements = list(roots)
        self._events: list[DocumentPatchedEvent] = []
        set_curdoc(self.document)
        state.curdoc = self.document
        for root in roots.values():
            if isinstance(root, Viewable):
                root.server_doc(doc=self.document, location=False)
            else:
                self.document.add_root(root)

    def as_render(self) -> dict[str, Any]:
        """Serialise the document as BokehJS's `embed_items` takes it, then follow its changes."""
        docs_json, items = standalone_docs_json_and_render_items(
            self.document.roots, suppress_callback_warning=True
        )
        item = items[0].to_json()
        ids = [root.id for root in self.document.roots]
        item["roots"] = dict(zip(ids, self._elements, strict=True))
        item["root_ids"] = ids
        # Without a session, Panel handles a change at once instead of debouncing it.
        self.document._session_context = None
        self.document.on_change(self._gather)
        return {"docs_json": docs_json, "render_items": [item]}

    def _gather(self, event: Any) -> None:
        if isinstance(event, DocumentPatchedEvent) and event.setter != SETTER:
            self._events.append(event)

    def apply(self, patch: Any) -> None:
        """Apply a JSON patch of the page; whatever it causes is gathered."""
        state.curdoc = self.document
        self.document.apply_json_patch(Serialized(content=patch, buffers=[]), setter=SETTER)

    def take_patch(self) -> tuple[str, dict[str, bytes]] | None:
        """Give all gathered changes as one patch (JSON text, buffers by id), or None."""
        if not self._events:
            return None
        serializer = Serializer(references=self.document.models.synced_references)
        patch = PatchJson(events=serializer.encode(self._events))
        self._events = []
        self.document.models.flush_synced(lambda model: not serializer.has_ref(model))
        buffers = {buffer.id: buffer.to_bytes() for buffer in serializer.buffers}
        return json.dumps(patch, default=_reference), buffers


def _reference(value: Any) -> Any:
    if isinstance(value, Buffer):
        return value.ref
    raise TypeError(f"{type(value).__name__} can't be sent to the page")
