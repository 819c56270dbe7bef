import pytest

from buildlib import bundle
from buildlib.bundle import bundle_scripts
from buildlib.errors import BuildError
from buildlib.fetch import Sources, fetch_all
from buildlib.lock import load_lock
from buildlib.paths import cache_dir

SCRIPTS = {
    "page.js": b'import { queue } from "./lib/queue.js";\nconsole.log(queue);\n',
    "worker.js": b'import { queue } from "./lib/queue.js";\npostMessage(queue);\n',
    "lib/queue.js": b'export const queue = "1/(1 - \xcf\x81)";\nexport const unused = 1;\n',
}


@pytest.fixture(scope="module")
def esbuild() -> bytes:
    (item,) = load_lock().of_kind("tool")
    with Sources() as sources:
        return fetch_all([item], cache_dir(), sources.read, progress=False)[item.filename]


def test_each_entry_holds_what_it_imports_and_imports_nothing(esbuild, tmp_path):
    bundles = bundle_scripts(SCRIPTS, ["page.js", "worker.js"], esbuild, tmp_path)
    assert sorted(bundles) == ["page.js", "worker.js"]
    for text in (data.decode() for data in bundles.values()):
        assert "1/(1 - ρ)" in text
        assert "unused" not in text
        assert "import" not in text


def test_what_was_bundled_once_starts_no_node(esbuild, tmp_path, monkeypatch):
    first = bundle_scripts(SCRIPTS, ["page.js"], esbuild, tmp_path)

    def forbidden(_):
        raise AssertionError("Node was started again")

    monkeypatch.setattr(bundle, "run_node", forbidden)
    assert bundle_scripts(SCRIPTS, ["page.js"], esbuild, tmp_path) == first
    with pytest.raises(AssertionError, match="Node"):
        bundle_scripts({**SCRIPTS, "page.js": b"1;"}, ["page.js"], esbuild, tmp_path)


@pytest.mark.parametrize(
    ("script", "named"),
    [(b'import "./none.js";', "none.js"), (b"let = ;", "page.js")],
    ids=["import of nothing", "no JavaScript"],
)
def test_a_script_that_cannot_be_bundled_is_named(esbuild, tmp_path, script, named):
    with pytest.raises(BuildError, match=named):
        bundle_scripts({"page.js": script}, ["page.js"], esbuild, tmp_path)
