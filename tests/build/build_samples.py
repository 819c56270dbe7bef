import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from buildlib.paths import Layout, cache_dir

PROJECT = Path(__file__).parent / "project"


def make_wheel(files: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return stream.getvalue()


DOWNLOADS = """
[downloads]
onefile = "fleet-lab-offline.html"
archive = "fleet-lab-site.zip"
"""


def copy_project(folder: Path, cache: Path | None = None, downloads: bool = False) -> Layout:
    """A small project to build, in which tests may change what they like.

    Downloads take seconds to pack, so only who asks for them gets them.
    """
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    if downloads:
        with (folder / "site" / "pages.toml").open("a") as rows:
            rows.write(DOWNLOADS)
    return Layout(project=folder, cache=cache or cache_dir())
