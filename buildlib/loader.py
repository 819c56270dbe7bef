"""Prepares Pyodide's loader for memory snapshots that hold dynamic libraries.

Pyodide can save its memory and start from it, but not with libraries such as numpy's loaded:
their data would land at other addresses than the saved memory expects. Two small changes to
``pyodide.asm.mjs`` let the worker choose the addresses. Without the worker's doing they change
nothing.
"""

from buildlib.errors import BuildError

PATCHES = (
    # The worker may set Module.placeLibrary(size, name) to say where a library's data goes.
    (
        "getMemory(metadata.memorySize+memAlign)",
        "(Module.placeLibrary?Module.placeLibrary(metadata.memorySize+memAlign,libName)"
        ":getMemory(metadata.memorySize+memAlign))",
    ),
    # An empty slot in the table of JavaScript references is saved as null.
    (
        'if(!["object","function"].includes(typeof l))throw',
        "if(l===undefined){r.push(null);continue}"
        'if(!["object","function"].includes(typeof l))throw',
    ),
)


def patch_loader(source: bytes) -> bytes:
    """Return ``pyodide.asm.mjs`` with the two changes.

    Raises
    ------
    BuildError
        When a release of Pyodide no longer has the code to change, or has it twice.
    """
    text = source.decode()
    for before, after in PATCHES:
        if text.count(before) != 1:
            raise BuildError(
                f"pyodide.asm.mjs has {text.count(before)} times {before!r}, not once: "
                "buildlib/loader.py was written for another release of Pyodide."
            )
        text = text.replace(before, after)
    return text.encode()
