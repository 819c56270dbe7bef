"""One reproducible zip out of many files."""

import io
import zipfile

from buildlib.trim import Tree

EPOCH = (1980, 1, 1, 0, 0, 0)
REGULAR_FILE = 0o100644 << 16


def zip_tree(tree: Tree) -> bytes:
    """Return a zip of the tree whose bytes depend on the tree alone.

    Parameters
    ----------
    tree : dict of str to bytes
        Files by path.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(tree):
            info = zipfile.ZipInfo(path, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = REGULAR_FILE
            info.create_system = 3
            archive.writestr(info, tree[path])
    return stream.getvalue()
