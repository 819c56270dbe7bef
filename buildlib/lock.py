"""The list of everything that is downloaded, with the sha256 of each file.

``lock.json`` is generated from ``wanted.toml`` and ``uv.lock`` by ``build.py lock``. A source
is written as an address: ``https://...`` for a file, ``npm:<name>@<version>!<member>`` for a
member of an npm package, ``pypi:<name>==<version>`` for a wheel and
``pypi:<name>==<version>!<member>`` for a member of one.
"""

import json
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from buildlib.errors import BuildError

HERE = Path(__file__).parent
LOCK_FILE = HERE / "lock.json"
WANTED_FILE = HERE / "wanted.toml"


@dataclass(frozen=True)
class Item:
    """One file to download.

    Parameters
    ----------
    name, version : str
        What it belongs to.
    filename : str
        Its name in the cache, unique in the lock.
    sha256 : str
        What its bytes must hash to, in hexadecimal.
    kind : str
        ``runtime``, ``wheel``, ``font`` or ``tool`` (used by the build, not shipped).
    sources : tuple of str
        Where to look for it, in order.
    """

    name: str
    version: str
    filename: str
    sha256: str
    kind: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Lock:
    """Every file to download, and what Pyodide says about itself.

    Parameters
    ----------
    items : tuple of Item
        The files.
    pyodide_info : dict
        The ``info`` of Pyodide's official lock file: ABI, platform, Python's version.
    pyodide_version : str
        The release of Pyodide.
    """

    items: tuple[Item, ...]
    pyodide_info: dict[str, str]
    pyodide_version: str

    def of_kind(self, kind: str) -> list[Item]:
        """Return the items of one kind, in the lock's order."""
        return [item for item in self.items if item.kind == kind]

    def version_of(self, name: str) -> str:
        """Return the locked version of a wheel."""
        for item in self.items:
            if item.name == name:
                return item.version
        raise BuildError(f"{name} is not in {LOCK_FILE.name}; run `uv run build.py lock`.")


def load_lock(path: Path = LOCK_FILE) -> Lock:
    """Read the lock file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BuildError(
            f"Cannot read {path.name} ({error}); run `uv run build.py lock`."
        ) from None
    items = tuple(Item(**{**row, "sources": tuple(row["sources"])}) for row in data["items"])
    return Lock(items, data["pyodide_info"], data["pyodide_version"])


def regenerate(project: Path, member_bytes: Callable[[str], bytes], path: Path = LOCK_FILE) -> Lock:
    """Write the lock file anew from ``wanted.toml`` and ``uv.lock``.

    Parameters
    ----------
    project : Path
        Holds ``uv.lock``.
    member_bytes : callable
        Returns the bytes behind one source address, unchecked.
    path : Path
        Where to write.
    """
    wanted = tomllib.loads(WANTED_FILE.read_text(encoding="utf-8"))
    resolved = tomllib.loads((project / "uv.lock").read_text(encoding="utf-8"))
    pyodide = wanted["pyodide"]
    npm = pyodide["npm"].format(version=pyodide["version"])
    official = json.loads(member_bytes(f"npm:{npm}!package/pyodide-lock.json"))
    items = [
        *_runtime_items(pyodide, npm, member_bytes),
        *_pyodide_wheels(pyodide, official),
        *_pypi_wheels(wanted["pypi"], resolved),
        *_font_items(wanted["fonts"], member_bytes),
        *_npm_items(wanted["tools"], "tool", member_bytes),
        *_npm_items(wanted["scripts"], "script", member_bytes),
    ]
    lock = Lock(tuple(items), official["info"], pyodide["version"])
    path.write_text(json.dumps(asdict(lock), indent=1) + "\n", encoding="utf-8")
    return lock


def _runtime_items(pyodide: dict, npm: str, member_bytes: Callable[[str], bytes]) -> list[Item]:
    cdn = pyodide["cdn"].format(version=pyodide["version"])
    mirror = f"pypi:{pyodide['mirror']}!{pyodide['mirror_folder']}"
    items = []
    for filename in pyodide["runtime"]:
        in_npm = f"npm:{npm}!package/{filename}"
        digest = sha256(member_bytes(in_npm)).hexdigest()
        sources = (cdn + filename, in_npm, mirror + filename)
        items.append(Item("pyodide", pyodide["version"], filename, digest, "runtime", sources))
    return items


def _pyodide_wheels(pyodide: dict, official: dict) -> list[Item]:
    cdn = pyodide["cdn"].format(version=pyodide["version"])
    mirror = f"pypi:{pyodide['mirror']}!{pyodide['mirror_folder']}"
    items = []
    for name in pyodide["wheels"]:
        entry = official["packages"][name]
        filename = entry["file_name"]
        sources = (cdn + filename, mirror + filename)
        items.append(Item(name, entry["version"], filename, entry["sha256"], "wheel", sources))
    return items


def _pypi_wheels(pypi: dict, resolved: dict) -> list[Item]:
    packages = {package["name"]: package for package in resolved["package"]}
    tags = dict.fromkeys(pypi["pure"], "none-any")
    tags |= dict.fromkeys(pypi["platform"], pypi["platform_tag"])
    items = []
    for name, tag in sorted(tags.items()):
        package = packages[name]
        wheels = {urlsplit(w["url"]).path.rsplit("/", 1)[1]: w for w in package["wheels"]}
        filename = next((f for f in wheels if tag in f), None)
        if filename is None:
            raise BuildError(f"uv.lock has no wheel of {name} for {tag}; it has {sorted(wheels)}.")
        digest = wheels[filename]["hash"].removeprefix("sha256:")
        version = package["version"]
        source = (f"pypi:{name}=={version}",)
        items.append(Item(name, version, filename, digest, "wheel", source))
    return items


def _font_items(fonts: list[dict], member_bytes: Callable[[str], bytes]) -> list[Item]:
    items = []
    for font in fonts:
        name, version = font["npm"].rsplit("@", 1)
        short = name.rsplit("/", 1)[1]
        for member in font["files"]:
            source = f"npm:{font['npm']}!package/{member}"
            leaf = member.rsplit("/", 1)[1] if "/" in member else f"{short}-{member}.txt"
            digest = sha256(member_bytes(source)).hexdigest()
            items.append(Item(name, version, leaf, digest, "font", (source,)))
    return items


def _npm_items(packages: list[dict], kind: str, member_bytes: Callable[[str], bytes]) -> list[Item]:
    """Return npm packages that are locked as a whole: what the build runs, what pages import."""
    items = []
    for package in packages:
        name, version = package["npm"].rsplit("@", 1)
        source = f"npm:{package['npm']}"
        filename = f"{name.strip('@').replace('/', '-')}-{version}.tgz"
        digest = sha256(member_bytes(source)).hexdigest()
        items.append(Item(name, version, filename, digest, kind, (source,)))
    return items
