import pytest
from build_samples import make_wheel

from buildlib import gather
from buildlib.errors import BuildError
from buildlib.gather import Asset, font_asset, read_folder, tree_hash, vendor_assets


def test_a_folders_name_changes_with_content_and_with_file_names():
    first = Asset("css", {"a.css": b"1"})
    assert first.folder == Asset("css", {"a.css": b"1"}).folder
    assert first.folder != Asset("css", {"a.css": b"2"}).folder
    assert first.folder != Asset("css", {"b.css": b"1"}).folder


def test_names_and_contents_cannot_be_confused_in_the_hash():
    assert tree_hash({"a": b"b", "c": b""}) != tree_hash({"a": b"", "bc": b""})


def test_files_lie_in_the_folder_named_by_the_hash():
    asset = Asset("css", {"sub/a.css": b"1"})
    assert asset.files() == {f"{asset.folder}/sub/a.css": b"1"}
    assert asset.folder.startswith("assets/css-")


def test_caches_and_hidden_files_are_not_read(tmp_path):
    for name in ("a.py", "__pycache__/a.pyc", ".hidden", ".git/config"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert read_folder(tmp_path) == {"a.py": b"x"}


def test_a_folder_that_is_absent_is_empty(tmp_path):
    assert read_folder(tmp_path / "none") == {}


@pytest.fixture
def table(tmp_path, monkeypatch):
    def write(text: str) -> None:
        path = tmp_path / "assets.toml"
        path.write_text(text)
        monkeypatch.setattr(gather, "ASSETS_FILE", path)

    return write


def test_vendor_files_are_taken_by_name_and_by_folder(table):
    table('[v]\nwheel = "lab"\n[v.files]\n"{version}/x.js" = "lab/x.js"\n"css/" = "lab/css/"\n')
    wheel = make_wheel({"lab/x.js": "1", "lab/css/a.css": "2", "lab/css.py": "3"})
    (asset,) = vendor_assets({"lab": wheel}, {"lab": "1.0"})
    assert asset.tree == {"1.0/x.js": b"1", "css/a.css": b"2"}


def test_dropped_members_of_a_folder_stay_behind(table):
    table('[v]\nwheel = "lab"\ndrop = ["*/chat*"]\n[v.files]\n"css/" = "lab/css/"\n')
    wheel = make_wheel({"lab/css/chat_feed.css": "1", "lab/css/a.css": "2"})
    (asset,) = vendor_assets({"lab": wheel}, {"lab": "1.0"})
    assert asset.tree == {"css/a.css": b"2"}


def test_a_vendor_file_that_a_release_lost_is_named(table):
    table('[v]\nwheel = "lab"\n[v.files]\n"x.js" = "lab/gone.js"\n')
    with pytest.raises(BuildError, match=r"lab 1\.0 has no lab/gone\.js"):
        vendor_assets({"lab": make_wheel({"lab/x.js": "1"})}, {"lab": "1.0"})


def test_font_rules_without_their_font_are_dropped(table):
    table('[v]\nwheel = "lab"\n[v.files]\n"" = "lab/"\n')
    css = "@font-face{src:url('./here.woff2')}@font-face{src:url(gone.woff2)}b{color:red}"
    wheel = make_wheel({"lab/a.css": css, "lab/here.woff2": "font"})
    (asset,) = vendor_assets({"lab": wheel}, {"lab": "1"})
    assert asset.tree["a.css"] == b"@font-face{src:url('./here.woff2')}b{color:red}"


def test_fonts_are_declared_beside_themselves():
    asset = font_asset({"inter-latin.woff2": b"1", "inter-LICENSE.txt": b"2"})
    css = asset.tree["fonts.css"].decode()
    assert 'font-family: "Inter"' in css
    assert 'url("inter-latin.woff2")' in css
    assert css.count("@font-face") == 1
