"""Import what the worker needs, in the one order that works.

`panel.io.pyodide` imports pandas only to patch two of its readers. A stub with those two names
stands in while it does and is gone right after, so that nothing mistakes it for pandas. That
saves 4 MB of download.

The same module compiles one converter from a string of JavaScript, for patches that the lab writes
itself (`labpy.browser.documents`). The page's Content-Security-Policy has no 'unsafe-eval', and a
function without a name can't stand in a snapshot, so for that one import a string of JavaScript
gives nothing.
"""

import sys
import types
from importlib.machinery import ModuleSpec

import pyodide.code  # type: ignore[import-not-found]
from bokeh.util.dependencies import is_installed


def _no_pandas(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError("the lab runs without pandas")


_stub = types.ModuleType("pandas")
_stub.read_csv = _stub.read_json = _no_pandas  # type: ignore[attr-defined]
_stub.__spec__ = ModuleSpec("pandas", None)
is_installed("pandas")  # Bokeh remembers the answer, so it must ask before the stub is there
sys.modules["pandas"] = _stub
_run_js, pyodide.code.run_js = pyodide.code.run_js, lambda _code: None
try:
    import panel.io.pyodide  # noqa: F401
finally:
    pyodide.code.run_js = _run_js
    del sys.modules["pandas"]

import labpy.browser.worker  # noqa: E402, F401
