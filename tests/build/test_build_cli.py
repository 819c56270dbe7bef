import pytest

from buildlib import cli, tools
from buildlib.cli import main
from buildlib.errors import BuildError
from buildlib.pipeline import Built
from buildlib.serve import StaticServer
from buildlib.tools import run_node, run_npm


@pytest.fixture
def built(monkeypatch, tmp_path):
    """A build that takes no time; returns a function that sets what a first visit costs."""
    cost = {"bytes": 1}

    def build(layout, plain, progress, pseudo, keys):
        files = {"index.html": {"raw": cost["bytes"], "wire": cost["bytes"]}}
        return Built(tmp_path, "the table", files, list(files), fresh=True)

    monkeypatch.setattr(cli, "build", build)
    return lambda size: cost.update(bytes=size)


def test_a_build_prints_its_table(built, capsys):
    assert main([]) == 0
    assert "the table" in capsys.readouterr().out


def test_a_failure_is_one_sentence_and_exit_code_1(monkeypatch, capsys):
    def fail(*_, **__):
        raise BuildError("Cannot get numpy: every source is down.")

    monkeypatch.setattr(cli, "build", fail)
    assert main([]) == 1
    assert capsys.readouterr().err == "build.py: Cannot get numpy: every source is down.\n"


def test_a_broken_budget_fails_after_the_table(built, capsys):
    built(20_000_000)
    assert main([]) == 1
    printed = capsys.readouterr()
    assert "the table" in printed.out
    assert "pages costs 20,000 kB" in printed.err


def test_the_plain_site_has_no_budget(built):
    built(20_000_000)
    assert main(["--plain"]) == 0


def test_nor_has_the_pseudo_language(built):
    built(20_000_000)
    assert main(["--pseudo"]) == 0


def test_two_kinds_of_build_at_once_are_refused(built, capsys):
    assert main(["--plain", "--pseudo"]) == 1
    assert "ask for one of them" in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(built, capsys, tmp_path):
    with StaticServer(tmp_path) as other:
        assert main(["serve", "--port", str(other.port)]) == 1
        assert f"Port {other.port} cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "70000", "web"])
def test_a_port_that_is_none_is_refused(built, port):
    with pytest.raises(SystemExit) as caught:
        main(["serve", "--port", port])
    assert caught.value.code == 2


def test_a_missing_tool_says_how_to_install_it(monkeypatch, tmp_path):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(tools.importlib, "import_module", absent)
    with pytest.raises(BuildError, match="npm is missing: run `uv sync`"):
        run_npm(["pack", "x"], cwd=tmp_path)


def test_a_tools_failure_is_told_in_its_own_words():
    with pytest.raises(BuildError) as caught:
        run_node(["--eval", "throw new RangeError('too far')"])
    assert str(caught.value) == "node --eval failed: RangeError: too far"
