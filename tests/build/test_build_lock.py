import json
import re
import tomllib
from hashlib import sha256

import pytest

from buildlib import lock as lock_module
from buildlib.errors import BuildError
from buildlib.lock import WANTED_FILE, load_lock, regenerate
from buildlib.paths import PROJECT

LOCK = load_lock()
RESOLVED = {
    package["name"]: package["version"]
    for package in tomllib.loads((PROJECT / "uv.lock").read_text())["package"]
}


@pytest.mark.parametrize("item", LOCK.items, ids=lambda item: item.filename)
def test_every_item_has_a_hash_and_sources(item):
    assert re.fullmatch(r"[0-9a-f]{64}", item.sha256)
    assert item.sources


def test_file_names_are_unique():
    names = [item.filename for item in LOCK.items]
    assert len(names) == len(set(names))


def test_browser_and_desktop_run_the_same_versions_of_the_pypi_packages():
    wanted = tomllib.loads(WANTED_FILE.read_text())["pypi"]
    names = [*wanted["pure"], *wanted["platform"]]
    assert {name: LOCK.version_of(name) for name in names} == {
        name: RESOLVED[name] for name in names
    }


def test_each_file_of_pyodide_has_the_cdn_first_and_the_mirror_last():
    files = [item for item in LOCK.items if item.kind == "runtime" or item.name == "numpy"]
    assert len(files) == 5
    for item in files:
        assert item.sources[0].startswith("https://cdn.jsdelivr.net/pyodide/v")
        assert item.sources[-1].startswith("pypi:open-webui==")


def test_regenerating_reads_pyodides_own_hash_for_its_wheels(tmp_path, monkeypatch):
    official = {
        "info": {"python": "3.14.0"},
        "packages": {
            "numpy": {"version": "9.9", "file_name": "numpy-9.9.whl", "sha256": "ab" * 32}
        },
    }

    def member_bytes(address: str) -> bytes:
        if address.endswith("pyodide-lock.json"):
            return json.dumps(official).encode()
        return address.encode()

    path = tmp_path / "lock.json"
    regenerate(PROJECT, member_bytes, path)
    lock = load_lock(path)
    numpy = next(item for item in lock.items if item.name == "numpy")
    assert (numpy.version, numpy.sha256) == ("9.9", "ab" * 32)
    assert lock.pyodide_info == {"python": "3.14.0"}
    runtime = lock.of_kind("runtime")[0]
    assert runtime.sha256 == sha256(runtime.sources[1].encode()).hexdigest()


def test_a_missing_lock_names_the_command_that_writes_it(tmp_path):
    with pytest.raises(BuildError, match=r"build\.py lock"):
        load_lock(tmp_path / "lock.json")


def test_a_package_that_is_not_locked_is_named():
    with pytest.raises(BuildError, match="scipy is not in"):
        LOCK.version_of("scipy")


def test_a_wheel_that_uv_does_not_know_for_the_tag_is_named():
    resolved = {
        "package": [
            {"name": "pure", "version": "1", "wheels": [{"url": "https://x/pure-1-cp39.whl"}]}
        ]
    }
    wanted = {"pure": ["pure"], "platform": [], "platform_tag": ""}
    with pytest.raises(BuildError, match="no wheel of pure"):
        lock_module._pypi_wheels(wanted, resolved)
