import io
import tarfile
import zipfile

import pytest

from buildlib.archive import FORMATS, pack, tar_tree, zip_tree

TREE = {"b/two.py": b"2", "a.txt": b"1" * 1000}
LONG = "panel_material_ui/" + "/".join(["folder"] * 12) + "/module.py"


@pytest.mark.parametrize("make", [zip_tree, tar_tree])
def test_bytes_depend_on_the_content_and_not_on_the_order(make):
    assert make(TREE) == make(dict(reversed(TREE.items())))
    assert make(TREE) != make({**TREE, "a.txt": b"3"})


def test_a_zip_gives_back_what_was_put_in():
    with zipfile.ZipFile(io.BytesIO(zip_tree(TREE))) as archive:
        assert archive.namelist() == sorted(TREE)
        assert {name: archive.read(name) for name in archive.namelist()} == TREE


def test_a_tar_gives_back_what_was_put_in_under_long_names_too():
    tree = {**TREE, LONG: b"3"}
    with tarfile.open(fileobj=io.BytesIO(tar_tree(tree))) as archive:
        assert {name: archive.extractfile(name).read() for name in archive.getnames()} == tree


def test_a_plain_archive_is_a_zip(tmp_path):
    suffix, data = pack(TREE, tmp_path, plain=True)
    assert FORMATS[suffix] == "zip"
    assert data == zip_tree(TREE)


def test_a_fast_archive_is_zstandard_and_kept(tmp_path):
    suffix, data = pack(TREE, tmp_path, plain=False)
    assert FORMATS[suffix] == "zstdtar"
    assert data.startswith(b"\x28\xb5\x2f\xfd")
    (kept,) = (path for path in tmp_path.rglob("*") if path.is_file())
    kept.write_bytes(b"taken from the cache")
    assert pack(TREE, tmp_path, plain=False)[1] == b"taken from the cache"
