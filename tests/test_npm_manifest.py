from buildlib.lock import load_lock
from tools.npm_manifest import manifest


def test_every_npm_package_of_the_lock_is_in_the_manifest_at_its_version():
    sources = [source for item in load_lock().items for source in item.sources]
    named = {source.removeprefix("npm:").split("!")[0] for source in sources if "npm:" in source}
    assert named == {f"{name}@{version}" for name, version in manifest()["dependencies"].items()}
    assert "pyodide" in manifest()["dependencies"]
