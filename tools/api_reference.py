"""Write the API reference of the models to docs/api: uv run python tools/api_reference.py."""

from pathlib import Path

import pdoc

OUTPUT = Path(__file__).parents[1] / "docs" / "api"


def main() -> None:
    """Render every public module of the models from its docstrings."""
    pdoc.render.configure(docformat="numpy", math=True)
    pdoc.pdoc("labpy.models", output_directory=OUTPUT)
    print(f"open {OUTPUT / 'index.html'}")


if __name__ == "__main__":
    main()
