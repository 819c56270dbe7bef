"""The trimmed, compiled archive runs in the browser's own Python."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from buildlib.lock import load_lock
from buildlib.paths import default_layout, is_for_teachers
from buildlib.python_assets import FOR_A_CLASS
from buildlib.tools import run_node

SMOKE = Path(__file__).with_name("smoke.mjs")
PROGRAM = r"""
import importlib, json, re, sys
import labpy.browser.start
import numpy, panel as pn, panel_material_ui as pmui
from bokeh.plotting import figure
from panel.io.pyodide import _doc_json, init_doc
from panel.io.state import state

plot = figure(height=200)
plot.line([1, 2], [3, 4])
init_doc()
pn.Column(
    pmui.FloatSlider(), pmui.IntSlider(), pmui.Select(options=["a"]), pmui.Checkbox(),
    pmui.RadioButtonGroup(options=["a", "b"]), pmui.Button(name="Run"), pmui.Switch(),
    pmui.Tabs(("plot", plot), ("text", pn.pane.Markdown("# Words"))), pn.pane.HTML("<b>b</b>"),
).servable()
documents = json.dumps(_doc_json(state.curdoc), default=str)
json.dumps({
    "addresses": sorted(set(re.findall(r"http://site/[^\"'\\)\s]+", documents))),
    "solution": numpy.linalg.solve([[2.0, 1.0], [1.0, 3.0]], [1.0, 2.0]).tolist(),
    "versions": {name: importlib.metadata.version(name) for name in ("panel", "bokeh", "numpy")},
    "pandas": "pandas" in sys.modules,
    "sources": sorted(
        name for name, module in list(sys.modules.items())
        if (getattr(module, "__file__", None) or "").endswith(".py")
        and module.__spec__.origin != "frozen"
    ),
})
"""


@pytest.fixture(scope="module", params=["fast", "plain"])
def answer(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("smoke")
    plain = request.param == "plain"
    dist = request.getfixturevalue("dist_plain" if plain else "dist")
    page = (dist / "cloud" / "index.html").read_text()
    config = re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.S)[1]
    (folder / "config.json").write_text(config)
    (folder / "program.py").write_text(PROGRAM)
    said = run_node(
        [str(SMOKE), str(dist), str(folder / "config.json"), str(folder / "program.py")]
    )
    return {"plain": plain, "dist": dist, **json.loads(said.splitlines()[-1])}


@pytest.mark.slow
def test_numpy_computes(answer):
    assert answer["solution"] == pytest.approx([0.2, 0.6])


@pytest.mark.slow
def test_packages_know_their_locked_versions(answer):
    lock = load_lock()
    assert answer["versions"] == {name: lock.version_of(name) for name in answer["versions"]}


@pytest.mark.slow
def test_pandas_is_neither_shipped_nor_left_behind(answer):
    assert answer["pandas"] is False


@pytest.mark.slow
def test_every_address_that_python_hands_to_the_page_is_shipped(answer):
    addresses = [address.removeprefix("http://site/") for address in answer["addresses"]]
    assert any(address.endswith("panel-material-ui.bundle.js") for address in addresses)
    assert [path for path in addresses if not (answer["dist"] / path).is_file()] == []


@pytest.mark.slow
def test_only_the_plain_site_compiles_sources_in_the_browser(answer):
    assert bool(answer["sources"]) is answer["plain"]


def test_the_lab_and_its_missions_are_packed_whole(dist_plain):
    layout = default_layout()
    (path,) = dist_plain.glob("assets/lab-*/lab.zip")
    with zipfile.ZipFile(path) as archive:
        packed = set(archive.namelist())
    for name, folder in (("labpy", layout.labpy), ("missions", layout.missions)):
        sources = {
            f"{name}/{source.relative_to(folder).as_posix()}"
            for source in folder.rglob("*")
            if source.is_file()
            and "__pycache__" not in source.parts
            and not is_for_teachers(source.relative_to(folder).as_posix())
        }
        own = {each for each in sources if each.startswith(FOR_A_CLASS)}
        assert sources - own <= packed
        assert not own & packed  # only the page of a class asks for these
