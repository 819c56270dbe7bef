"""The manifest against SCORM 1.2's own rules, which its schemas would hold it to."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from buildlib.errors import BuildError
from buildlib.scorm import LAUNCHER, MANIFEST, manifest, package
from labpy.missions import track_keys

SITE = Path(__file__).parents[2] / "site"
IMS = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
BUILT = {
    **{f"{key}/index.html": b"a track" for key in track_keys()},
    "assets/js-1/shell.js": b"1",
    "manifest.webmanifest": b"{}",
    "third-party-licences.txt": b"MIT",
    "index.html": b"start",
    "sw.js": b"worker",
    "teach/index.html": b"the answers",
    "fleet-lab-offline.html": b"all",
    "fleet-serving-lab.zip": b"PK",
    "build.json": b"{}",
}


def unzipped(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def packed():
    return unzipped(package(BUILT, SITE))


@pytest.fixture(scope="module")
def root(packed):
    return ElementTree.fromstring(packed[MANIFEST])


def test_the_manifest_says_which_version_of_scorm_it_is(root):
    assert root.tag == IMS + "manifest"
    assert root.findtext(f"{IMS}metadata/{IMS}schema") == "ADL SCORM"
    assert root.findtext(f"{IMS}metadata/{IMS}schemaversion") == "1.2"


def test_its_elements_come_in_the_order_of_the_schema(root):
    assert [each.tag.removeprefix(IMS) for each in root] == [
        "metadata",
        "organizations",
        "resources",
    ]
    item = root.find(f".//{IMS}item")
    assert [each.tag.removeprefix(IMS) for each in item] == ["title"]


def test_every_identifier_is_a_name_and_every_reference_has_its_target(root):
    identifiers = [each.get("identifier") for each in root.iter() if each.get("identifier")]
    assert len(identifiers) == len(set(identifiers))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", each) for each in identifiers)
    organizations = root.find(f"{IMS}organizations")
    assert organizations.get("default") == organizations[0].get("identifier")
    resources = {each.get("identifier"): each for each in root.iter(IMS + "resource")}
    for item in root.iter(IMS + "item"):
        assert item.get("identifierref") in resources


def test_the_one_resource_is_a_sco_that_lists_every_file_of_the_package(root, packed):
    (resource,) = root.iter(IMS + "resource")
    assert resource.get("type") == "webcontent"
    assert resource.get(ADL + "scormtype") == "sco"
    assert resource.get("href") == LAUNCHER
    listed = [each.get("href") for each in resource.iter(IMS + "file")]
    assert sorted(listed) == sorted(set(packed) - {MANIFEST})


def test_no_score_is_promised(root):
    assert not any("masteryscore" in each.tag for each in root.iter())


def test_it_holds_the_tracks_and_neither_answers_nor_what_would_outlive_the_course(packed):
    assert {f"{key}/index.html" for key in track_keys()} <= set(packed)
    assert "assets/js-1/shell.js" in packed
    for name in ("index.html", "sw.js", "teach/index.html", "fleet-lab-offline.html"):
        assert name not in packed


def test_a_package_of_one_track_holds_and_offers_only_that(packed):
    one = unzipped(package(BUILT, SITE, "edge"))
    assert [name for name in one if name.endswith("/index.html")] == ["edge/index.html"]
    assert one[LAUNCHER].count(b"data-track=") == 1
    assert packed[LAUNCHER].count(b"data-track=") == len(track_keys())


def test_the_same_site_gives_the_same_bytes():
    assert package(BUILT, SITE) == package(dict(reversed(BUILT.items())), SITE)


def test_a_track_that_is_none_is_refused_by_name():
    with pytest.raises(BuildError, match=r"--track must be one of cloud, .*got 'moon'"):
        package(BUILT, SITE, "moon")


def test_what_is_no_plain_text_is_escaped():
    text = manifest('A & B <c> "d"', '1"', ['a&"b.txt'])
    root = ElementTree.fromstring(text)
    assert root.findtext(f".//{IMS}title") == 'A & B <c> "d"'
    assert root.find(f".//{IMS}file").get("href") == 'a&"b.txt'
