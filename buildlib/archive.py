"""One reproducible archive out of many files."""

import io
import tarfile
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

from buildlib.tools import run_node
from buildlib.trim import Tree

EPOCH = (1980, 1, 1, 0, 0, 0)
REGULAR_FILE = 0o100644 << 16
COMPRESSOR = Path(__file__).with_name("compress.mjs")
FORMATS = {".zip": "zip", ".bin": "zstdtar"}
"""What Pyodide's ``unpackArchive`` calls the formats, by file suffix.

The second is not named ``.tar.zst``: some hosts would declare that as a content encoding, and the
browser would then undo the compression before Python can.
"""


def pack(tree: Tree, cache: Path, plain: bool) -> tuple[str, bytes]:
    """Return an archive's file suffix and its bytes, which depend on the tree alone.

    Parameters
    ----------
    tree : dict of str to bytes
        Files by path.
    cache : Path
        Folder that keeps compressed archives.
    plain : bool
        Ask for a zip. Otherwise it is a tar compressed with Zstandard: a third smaller, because
        1,200 small files share one window, and unpacked by Python 3.14 itself.
    """
    return (".zip", zip_tree(tree)) if plain else (".bin", _zstd(tar_tree(tree), cache))


def zip_tree(tree: Tree) -> bytes:
    """Return a zip of the tree."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(tree):
            info = zipfile.ZipInfo(path, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = REGULAR_FILE
            info.create_system = 3
            archive.writestr(info, tree[path])
    return stream.getvalue()


def tar_tree(tree: Tree) -> bytes:
    """Return an uncompressed tar of the tree; files of one kind lie together, and pack better."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(tree, key=lambda path: (Path(path).suffix, path)):
            info = tarfile.TarInfo(path)
            info.size = len(tree[path])
            archive.addfile(info, io.BytesIO(tree[path]))
    return stream.getvalue()


def _zstd(data: bytes, cache: Path) -> bytes:
    """Compress with Node's zlib: Python 3.12 and 3.13 have no Zstandard of their own."""
    key = sha256(data + COMPRESSOR.read_bytes()).hexdigest()
    kept = cache / "zst" / key
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            raw, packed = Path(folder, "raw"), Path(folder, "packed")
            raw.write_bytes(data)
            run_node([str(COMPRESSOR), str(raw), str(packed)])
            packed.replace(kept)
    return kept.read_bytes()
