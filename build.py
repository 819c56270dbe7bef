"""Build and serve the site: ``uv run build.py --help``."""

import sys

from buildlib.cli import main

if __name__ == "__main__":
    sys.exit(main())
