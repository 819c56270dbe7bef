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


def copy_project(folder: Path, cache: Path | None = None) -> Layout:
    """A small project to build, in which tests may change what they like."""
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return Layout(project=folder, cache=cache or cache_dir())
