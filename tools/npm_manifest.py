"""Print a package.json of what the build takes from npm, so that `npm audit` can look at it.

The build fetches those packages by `buildlib/lock.json` and needs no package.json of its own.
"""

from __future__ import annotations

import json
import re

from buildlib.lock import load_lock

NPM = re.compile(r"npm:(?P<name>@?[^@]+)@(?P<version>[^!]+)")


def manifest() -> dict[str, object]:
    """Return the manifest: each package that a source of the lock names, at its exact version."""
    sources = [source for item in load_lock().items for source in item.sources]
    named = {match["name"]: match["version"] for match in map(NPM.match, sources) if match}
    return {
        "name": "fleet-serving-lab",
        "private": True,
        "dependencies": dict(sorted(named.items())),
    }


if __name__ == "__main__":
    print(json.dumps(manifest(), indent=2))
