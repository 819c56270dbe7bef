"""Writes the declared messages of page and worker as a module of the page's scripts."""

import json

from labpy.app.protocol import MESSAGES

SCRIPT = "bridge/messages.js"
HEAD = "// Written by the build out of labpy/app/protocol.toml."


def messages_script() -> bytes:
    """Return the module that ``bridge/protocol.js`` imports."""
    text = json.dumps(MESSAGES, separators=(",", ":"))
    return f"{HEAD}\nexport const MESSAGES = {text};\n".encode()
