import re
from base64 import b64encode
from hashlib import sha256, sha384
from json import loads

from buildlib.integrity import with_integrity

SITE = {
    "a/index.html": b'<link rel="stylesheet" href="../x/s.css" media="print">'
    b'<script type="module" src="../x/m.js"></script><link rel="icon" href="../x/i.svg">'
    b'<script src="https://elsewhere.example/m.js"></script>',
    "x/s.css": b"b{}",
    "x/m.js": b"1",
    "x/i.svg": b"<svg/>",
}


def test_each_script_and_style_of_the_site_gets_the_hash_of_its_bytes():
    text = with_integrity(SITE)["a/index.html"].decode()
    for name in ("s.css", "m.js"):
        wanted = b64encode(sha384(SITE[f"x/{name}"]).digest()).decode()
        assert f'../x/{name}" integrity="sha384-{wanted}" crossorigin' in text
    assert text.count("integrity=") == 2


def test_nothing_but_pages_is_changed():
    assert {k: v for k, v in with_integrity(SITE).items() if k != "a/index.html"} == {
        k: v for k, v in SITE.items() if k != "a/index.html"
    }


def test_every_page_of_the_site_names_the_hashes_of_its_scripts_and_styles(dist):
    for page in dist.rglob("index.html"):
        text = page.read_text("utf-8")
        named = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]+\.(?:js|css))"([^>]*)>', text)
        assert named, page
        for address, rest in named:
            data = (page.parent / address).read_bytes()
            assert b64encode(sha384(data).digest()).decode() in rest, (page, address)


def test_the_config_holds_the_sum_of_each_file_that_the_worker_fetches_or_a_script_draws_with(dist):
    text = (dist / "cloud" / "index.html").read_text("utf-8")
    config = loads(re.search(r'id="lab-config">(.*?)</script>', text)[1])
    drawing = {address.split("/")[-1] for address in config["scripts"]}
    assert set(config["sums"]) == set(config["bytes"]) | drawing
    assert {"worker.js", "pyodide.mjs", "pyodide.asm.mjs"} < set(config["bytes"])
    for name, told in config["sums"].items():
        (file,) = (dist / "assets").rglob(name)
        assert b64encode(sha256(file.read_bytes()).digest()).decode() == told


def test_nothing_that_a_visit_loads_has_a_name_that_filters_hold_back(dist):
    """Schools block archives and what is run by an extension; three downloads are honest zips."""
    loaded = {path.suffix for path in (dist / "assets").rglob("*") if path.is_file()}
    assert loaded <= {".bin", ".css", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".woff2"}
    elsewhere = {path.suffix for path in dist.rglob("*") if path.is_file()} - loaded
    assert elsewhere <= {".html", ".webmanifest", ".zip", ".xml", ".md", ".png"}
    zips = {path.name for path in dist.rglob("*.zip")}
    assert zips == {"fleet-lab-site.zip", "fleet-lab-quarto.zip", "fleet-lab-scorm12.zip"}
