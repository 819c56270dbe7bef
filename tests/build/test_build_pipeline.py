import json
import re
import shutil
from pathlib import Path

import pytest
from build_samples import copy_project

from buildlib import pipeline
from buildlib.errors import BuildError
from buildlib.gather import read_folder
from buildlib.paths import cache_dir
from buildlib.pipeline import build
from buildlib.sizes import check_budget, load_budget

GOLDEN = Path(__file__).parent / "golden"
HASH = re.compile(r"-[0-9a-f]{8}/")


def listing(folder: Path) -> str:
    """Every file by its address, hashes left out: what outsiders may rely on."""
    return "".join(f"{HASH.sub('-<hash>/', path)}\n" for path in read_folder(folder))


@pytest.mark.parametrize("plain", [False, True], ids=["fast", "plain"])
def test_the_files_of_a_build_are_those_of_the_golden_list(built_project, plain):
    output = build(built_project, plain=plain, progress=False).output
    golden = GOLDEN / ("plain.txt" if plain else "fast.txt")
    assert listing(output) == golden.read_text(), f"if it is meant, update {golden}"


def test_pages_are_rendered_relative_to_the_root(built_project):
    output = built_project.output()
    for page, root in (("index.html", "./"), ("cloud/index.html", "../")):
        text = (output / page).read_text()
        sheet = re.search(r'href="([^"]*base\.css)"', text)[1]
        assert sheet.startswith(f"{root}assets/css-")
        assert ((output / page).parent / sheet).is_file()


def test_every_address_in_the_pages_config_exists(built_project):
    output = built_project.output()
    text = (output / "index.html").read_text()
    config = json.loads(re.search(r'id="config">(.*?)</script>', text)[1])
    archives = [archive["url"] for archive in config["archives"]]
    files = [*archives, *config["scripts"], config["materialBundle"]]
    folders = [config["pyodide"], config["panelRoot"], config["panelMaterialRoot"]]
    assert all((output / path).is_file() for path in files)
    assert all((output / path).is_dir() and path.endswith("/") for path in folders)
    assert config["build"]


def test_the_service_worker_precaches_just_what_a_first_visit_loads(built_project):
    output = built_project.output()
    text = (output / "sw.js").read_text()
    precache = json.loads(re.search(r"PRECACHE = (\[.*\]);", text)[1])
    paths = {path if (output / path).is_file() else f"{path}index.html" for path in precache}
    first = json.loads((output / "build.json").read_text())["first_visit"]
    assert {path.removeprefix("./") for path in paths} == set(first)


def test_the_build_id_names_the_content(built_project, project):
    build_id = re.compile(r'BUILD = "([0-9a-f]{12})"')
    first = build_id.search((built_project.output() / "sw.js").read_text())[1]
    same = build_id.search((build(project, progress=False).output / "sw.js").read_text())[1]
    (project.site / "css" / "base.css").write_text("body { color: blue; }")
    changed = build_id.search((build(project, progress=False).output / "sw.js").read_text())[1]
    assert first == same != changed


def test_a_second_build_does_nothing(built_project, monkeypatch):
    def forbidden(*_):
        raise AssertionError("the second build assembled the site again")

    monkeypatch.setattr(pipeline, "assemble", forbidden)
    assert build(built_project, progress=False).fresh is False


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("site/css/base.css", "b { color: red }\n"),
        ("labpy/extra.py", "x = 1\n"),
        ("missions/x.toml", "x = 1\n"),
    ],
)
def test_a_change_of_any_input_builds_again(project, path, text):
    build(project, progress=False)
    (project.project / path).write_text(text)
    assert build(project, progress=False).fresh is True


def test_style_sheets_are_minified_and_a_broken_one_is_named(project):
    sheet = project.site / "css" / "base.css"
    sheet.write_text("/* why */\nb { color: light-dark(red, blue); }\n")
    (made,) = build(project, progress=False).output.glob("assets/css-*/base.css")
    assert made.read_text() == "b{color:light-dark(red,blue)}\n"
    sheet.write_text("b = 1\n")
    with pytest.raises(BuildError, match=r"base\.css"):
        build(project, progress=False)


def test_what_was_changed_in_the_output_is_put_right(project):
    output = build(project, progress=False).output
    page = output / "index.html"
    before = page.read_text()
    page.write_text("tampered")
    (output / "stray" / "file").parent.mkdir()
    (output / "stray" / "file").write_text("")
    assert build(project, progress=False).fresh is True
    assert page.read_text() == before
    assert not (output / "stray").exists()


def test_what_is_already_right_is_not_written_again(project):
    output = build(project, progress=False).output
    (script,) = output.glob("assets/js-*/shell.js")
    before = script.stat().st_mtime_ns
    (project.site / "css" / "base.css").write_text("body { color: blue; }")
    build(project, progress=False)
    assert script.stat().st_mtime_ns == before


@pytest.mark.slow
def test_two_builds_from_scratch_give_the_same_bytes(built_project, tmp_path):
    """Nothing is shared with the first build but the downloads."""
    cache = tmp_path / "cache"
    shutil.copytree(cache_dir() / "files", cache / "files")
    layout = copy_project(tmp_path / "elsewhere", cache, downloads=True)
    again = read_folder(build(layout, progress=False).output)
    first = read_folder(built_project.output())
    assert sorted(again) == sorted(first)
    assert [path for path in first if again[path] != first[path]] == []


def test_a_project_without_a_site_says_so(project):
    shutil.rmtree(project.site)
    with pytest.raises(BuildError, match=r"no folder .*site"):
        build(project, progress=False)


def test_the_site_itself_keeps_the_budget_of_every_kind(dist):
    manifest = json.loads((dist / "build.json").read_text())
    check_budget(manifest["files"], manifest["first_visit"], load_budget())


def test_a_page_starts_one_script_of_its_own_and_one_in_the_worker(dist, dist_plain):
    """Each with all that it imports: a request for each module costs a slow network a second."""
    page = (dist / "cloud" / "index.html").read_text()
    (folder,) = dist.glob("assets/js-*")
    named = set(re.findall(r"assets/js-[0-9a-f]+/([\w.-]+)", page))
    assert {"shell.js", "worker.js"} <= named
    for path in folder.glob("*.js"):
        assert not re.search(r"^import\b[^(]", path.read_text("utf-8"), re.M), path.name
    (sources,) = dist_plain.glob("assets/js-*")
    assert {path.name for path in folder.iterdir()} < {path.name for path in sources.iterdir()}


def test_what_a_track_needs_is_asked_for_by_the_first_bytes_of_its_page(dist, dist_plain):
    def preloaded(site):
        page = (site / "cloud" / "index.html").read_text()
        found = re.findall(r'rel="modulepreload" href="\.\./([^"]+)"', page)
        assert all((site / path).is_file() for path in found)
        return sorted(path.rsplit("/", 1)[-1] for path in found)

    assert preloaded(dist) == ["panel-material-ui.bundle.js"]
    assert preloaded(dist_plain) == []


def test_a_track_starts_its_worker_before_any_sheet_or_script_is_asked_for(dist, dist_plain):
    page = (dist / "cloud" / "index.html").read_text()
    before = page[: min(page.index("<link"), page.index(" src="))]
    assert 'id="lab-config"' in before
    assert "new Worker(" in before
    assert "new Worker(" not in (dist_plain / "cloud" / "index.html").read_text()


def test_the_plain_site_ships_sources_and_an_unchanged_runtime(dist_plain):
    assert [path.suffix for path in dist_plain.glob("assets/lab-*/*")] == [".zip"]
    (runtime,) = dist_plain.glob("assets/pyodide-*")
    for item in pipeline.load_lock().of_kind("runtime"):
        kept = cache_dir() / "files" / f"{item.sha256[:16]}-{item.filename}"
        shipped = item.filename.replace("python_stdlib.zip", "python_stdlib.bin")
        assert (runtime / shipped).read_bytes() == kept.read_bytes()
