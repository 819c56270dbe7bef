"""Where the build reads from, writes to and keeps what it downloaded."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PROJECT = Path(__file__).resolve().parent.parent
CACHE_VARIABLE = "FLEET_LAB_CACHE"
TEACHERS_FOLDER = "teach"
TEACHERS_FILE = "teach.toml"


def cache_dir() -> Path:
    """Return the folder for downloads and compiled modules, shared by every clone.

    Returns
    -------
    Path
        ``$FLEET_LAB_CACHE`` if it is set, else the platform's folder for user caches.
    """
    if chosen := os.environ.get(CACHE_VARIABLE):
        return Path(chosen).expanduser().resolve()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "fleet-serving-lab"


def is_for_teachers(path: str) -> bool:
    """Tell whether a file of ``missions/``, or of the site, is the teacher's, by its path."""
    parts = PurePosixPath(path).parts
    return parts[0] == TEACHERS_FOLDER or parts[-1] == TEACHERS_FILE


@dataclass(frozen=True)
class Layout:
    """The folders of one build, so that tests can build another project than this one.

    Parameters
    ----------
    project : Path
        Holds ``site/``, ``labpy/`` and ``missions/``.
    cache : Path
        Holds downloads and compiled modules.
    """

    project: Path
    cache: Path

    @property
    def site(self) -> Path:
        """Templates, style sheets and scripts."""
        return self.project / "site"

    @property
    def labpy(self) -> Path:
        """The lab's Python package."""
        return self.project / "labpy"

    @property
    def missions(self) -> Path:
        """The words and numbers of the missions."""
        return self.project / "missions"

    @property
    def words(self) -> Path:
        """The book of words, a folder a language."""
        return self.project / "words"

    @property
    def docs(self) -> Path:
        """Documentation that becomes pages of the site."""
        return self.project / "docs"

    @property
    def state(self) -> Path:
        """What is remembered about this project's last builds."""
        return self.project / ".cache" / "build"

    def output(self, kind: str = "fast") -> Path:
        """Return the folder that a build of this kind writes: "fast", "plain", "pseudo"
        or "no-keys"."""
        return self.project / ("dist" if kind == "fast" else f"dist-{kind}")


def default_layout() -> Layout:
    """Return the layout of the repository that this file belongs to."""
    return Layout(project=PROJECT, cache=cache_dir())
