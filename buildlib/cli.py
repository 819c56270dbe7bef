"""The command line of ``build.py``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from buildlib import scorm as scorm_package
from buildlib.errors import BuildError
from buildlib.fetch import SourceError, Sources
from buildlib.gather import read_folder
from buildlib.lock import regenerate
from buildlib.paths import default_layout
from buildlib.pipeline import build, mode_of
from buildlib.serve import StaticServer
from buildlib.sizes import check_budget, load_budget

DEFAULT_PORT = 8000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = command_line().parse_args(arguments)
    try:
        options.action(options)
    except (BuildError, SourceError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the command line; the reference of the settings reads it too."""
    parser = argparse.ArgumentParser(
        prog="build.py", description="Build the Fleet Serving Lab as a static site."
    )
    plain = "without start-up optimisation (.py sources, no snapshot), into dist-plain/"
    parser.add_argument("--plain", action="store_true", help=plain)
    pseudo = "in a pseudo-language (accented, longer, in brackets), into dist-pseudo/"
    parser.add_argument("--pseudo", action="store_true", help=pseudo)
    no_keys = "without the teachers' pages and their answer keys, into dist-no-keys/"
    parser.add_argument("--no-keys", action="store_true", help=no_keys)
    parser.set_defaults(action=_build)
    commands = parser.add_subparsers(metavar="command")
    serve = commands.add_parser("serve", help="build if needed, and serve on 127.0.0.1")
    serve.add_argument("--plain", action="store_true", default=argparse.SUPPRESS, help=plain)
    serve.add_argument("--pseudo", action="store_true", default=argparse.SUPPRESS, help=pseudo)
    serve.add_argument("--no-keys", action="store_true", default=argparse.SUPPRESS, help=no_keys)
    serve.add_argument(
        "--port", type=port_number, help=f"default {DEFAULT_PORT}, or the next free one"
    )
    serve.add_argument("--base", default="/", help="serve under this path, such as /sub/path/")
    serve.set_defaults(action=_serve)
    scorm = commands.add_parser(
        "scorm", help=f"build if needed, and pack {scorm_package.NAME} for a course"
    )
    scorm.add_argument("--track", default="", help="offer this track only (default: all)")
    scorm.add_argument("--assign", default="", help="the word of an assignment (default: none)")
    scorm.set_defaults(action=_scorm, plain=False, no_keys=False)
    lock = commands.add_parser("lock", help="for maintainers: write buildlib/lock.json anew")
    lock.set_defaults(action=_lock)
    return parser


def port_number(text: str) -> int:
    """Read a port off the command line."""
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"--port must lie in 0..65535, got {port}")
    return port


def _build(options: argparse.Namespace) -> None:
    if options.plain + options.pseudo + options.no_keys > 1:
        raise BuildError("--plain, --pseudo and --no-keys are builds apart: ask for one of them.")
    progress = sys.stderr.isatty()
    built = build(
        default_layout(), options.plain, progress, options.pseudo, keys=not options.no_keys
    )
    print(built.report)
    if not options.plain and not options.pseudo:
        check_budget(built.sizes, built.first_visit, load_budget())
    print(f"{built.output.name}/ is {'built' if built.fresh else 'up to date'}.")


def _serve(options: argparse.Namespace) -> None:
    _build(options)
    kind = mode_of(options.plain, options.pseudo, keys=not options.no_keys)
    output = default_layout().output(kind)
    with _open_server(output, options) as server:
        print(f"Serving {output.name}/ at {server.url} (stop with Ctrl+C)", flush=True)
        server.wait()


def _open_server(output: Path, options: argparse.Namespace) -> StaticServer:
    if options.port is not None:
        try:
            return StaticServer(output, base=options.base, port=options.port)
        except OSError as error:
            raise BuildError(
                f"Port {options.port} cannot be used ({error.strerror}); "
                "choose another with --port."
            ) from None
    for port in (*range(DEFAULT_PORT, DEFAULT_PORT + 20), 0):
        try:
            return StaticServer(output, base=options.base, port=port)
        except OSError:
            tqdm.write(f"Port {port} is busy, trying the next one.", file=sys.stderr)
    raise BuildError("No free port was found; choose one with --port.")


def _scorm(options: argparse.Namespace) -> None:
    layout = default_layout()
    _build(options)
    files = read_folder(layout.output())
    data = scorm_package.package(files, layout.site, options.track, options.assign)
    target = layout.project / "dist-scorm" / scorm_package.NAME
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)
    print(f"{target.relative_to(layout.project)} is packed: {len(data) / 1e6:.1f} MB.")


def _lock(_: argparse.Namespace) -> None:
    with Sources() as sources:
        lock = regenerate(default_layout().project, sources.read)
    print(f"buildlib/lock.json lists {len(lock.items)} files.")
