"""Keys stay with teachers: a site without them, and nothing that students take along has them."""

import io
import re
import zipfile

import pytest

from buildlib.gather import read_folder
from buildlib.paths import default_layout, is_for_teachers
from buildlib.pipeline import build


@pytest.fixture(scope="module")
def without_keys():
    layout = default_layout()
    build(layout, progress=False, keys=False)
    return read_folder(layout.output("no-keys"))


def test_a_site_without_keys_has_no_page_for_teachers_and_no_link_to_one(without_keys):
    assert "cloud/index.html" in without_keys
    assert [path for path in without_keys if is_for_teachers(path)] == []
    for path, data in without_keys.items():
        if path.endswith(".html") and not path.startswith("fleet-lab"):
            links = re.findall(r'href="([^"]*)"', data.decode())
            assert not [link for link in links if re.search(r"(^|/)teach/", link)], path


def test_the_start_page_leads_no_student_to_the_keys(dist):
    assert "teach/" not in (dist / "index.html").read_text("utf-8")
    assert 'href="../teach/"' in (dist / "about" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["fleet-lab-site.zip"])
def test_the_zip_has_nothing_for_teachers(dist, name):
    with zipfile.ZipFile(io.BytesIO((dist / name).read_bytes())) as archive:
        names = archive.namelist()
    assert any(each.endswith("/cloud/index.html") for each in names)
    assert not [each for each in names if "/teach/" in each]
