"""The wheel is enough: installed alone, it plans, and collects with every mission at hand."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from labcollect.finding import find
from labpy.classroom.collecting import collect
from labpy.missions import all_missions

ROOT = Path(__file__).parents[2]
HAND_INS = ROOT / "tests" / "collect" / "hand_ins"


def run(*command, **options):
    made = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Install the wheel in an environment of its own; what it depends on is lent by this one."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv builds the wheel")
    run(uv, "build", "--wheel", "-q", "-o", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    run(uv, "pip", "install", "-q", "--no-deps", "--offline", "--python", str(python), str(wheel))
    lent = [path for path in sys.path if path.endswith("site-packages")]
    site = next((folder / "venv" / "lib").glob("*/site-packages"))
    (site / "lent.pth").write_text("\n".join(_without_the_project(lent, folder)))
    return folder / "venv" / "bin" / "labpy"


def _without_the_project(paths, folder):
    """Link all packages but the project's own, which an editable install would put in the way."""
    for number, path in enumerate(paths):
        here = folder / f"lent{number}"
        here.mkdir()
        for each in Path(path).iterdir():
            if "fleet_serving_lab" not in each.name and each.suffix != ".pth":
                (here / each.name).symlink_to(each)
        yield str(here)


def clean():
    return {k: v for k, v in os.environ.items() if not k.startswith(("FLEET_LAB", "PYTHON"))}


def test_it_plans(installed, tmp_path):
    asked = ("plan", "--rate", "2", "--requests", "200", "--slo", "ttft=1", "tpot=0.05")
    assert "Cost of a million tokens" in run(installed, *asked, cwd=tmp_path, env=clean())


def test_it_collects_as_the_project_does(installed, tmp_path):
    asked = ("collect", str(HAND_INS), "--texts", "-o", "here.csv")
    run(installed, *asked, cwd=tmp_path, env=clean())
    wanted = collect(find(HAND_INS, []), all_missions()).to_csv(texts=True)
    assert (tmp_path / "here.csv").read_bytes() == wanted
