"""Every setting is on the page of the settings, and nothing on it has gone from the code."""

import re
import tomllib
from pathlib import Path

import pytest

from buildlib.errors import BuildError
from buildlib.reference import PARSERS, dial, load_declared, reference
from labpy.missions import all_missions
from labpy.state.link import PLACE_KEYS

PROJECT = Path(__file__).parents[2]
DOCS = PROJECT / "docs"
PYTHON = [
    path
    for folder in ("labpy", "labcollect", "buildlib", "tools", "benchmarks")
    for path in sorted((PROJECT / folder).rglob("*.py"))
]
SCRIPTS = [
    path
    for folder in ("js", "onefile")
    for path in sorted((PROJECT / "site" / folder).rglob("*.js"))
]
ENVIRONMENT = re.compile(r"environ(?:\.get)?[(\[]\s*\"(\w+)\"|_VARIABLE = \"(\w+)\"")
QUERY = re.compile(r"(?:searchParams|URLSearchParams\([^)]*\))\.(?:get|has)\(\"(\w+)\"")
KEPT = re.compile(
    r"store\.(?:get|set|stored)(?:JSON)?\(\s*[\"`]([a-z-]+)"  # a key written out
    r"|`([a-z]+)/\$\{(?:this\.)?track\}"  # one of each track
    r"|const (?:KEY|SEED|PREFIX|CACHE) = [\"`]([a-z-]+)"  # a module's own
)
DECLARED = load_declared(DOCS)


def found(pattern: re.Pattern[str], paths: list[Path]) -> set[str]:
    texts = (path.read_text("utf-8") for path in paths)
    return {next(filter(None, m.groups())) for text in texts for m in pattern.finditer(text)}


def names(settings) -> set[str]:
    return {each.name for each in settings}


def test_every_environment_variable_is_documented_and_every_documented_one_is_read():
    assert found(ENVIRONMENT, PYTHON) == names(DECLARED.environment)


@pytest.mark.parametrize("group", ["query", "environment", "commands", "kept"])
def test_nothing_is_documented_twice(group):
    told = [each.name for each in getattr(DECLARED, group)]
    assert len(told) == len(set(told))


def test_every_key_of_a_link_is_documented_and_every_documented_one_is_read():
    read = found(QUERY, SCRIPTS) | set(PLACE_KEYS)
    assert read == names(DECLARED.query)


def test_what_the_browser_keeps_is_documented():
    said = " ".join(each.name for each in DECLARED.kept)
    kept = found(KEPT, SCRIPTS)
    assert {"ledger", "queue", "settings", "theme"} <= kept
    assert [key for key in kept if key not in said] == []


def test_every_option_has_help_and_is_on_the_page():
    options = {row.name for _, rows in reference(DOCS).options for row in rows}
    assert {"--plain", "--port", "--base"} <= options
    assert all(row.meaning for _, rows in reference(DOCS).options for row in rows)
    for make in PARSERS.values():
        for option in re.findall(r"--[a-z-]+", make().format_help()):
            assert option in options or option == "--help"


def test_every_command_with_options_is_documented():
    commands = " ".join(names(DECLARED.commands))
    for command, _ in reference(DOCS).options:
        assert f"uv run {command}" in commands


def test_every_tool_and_every_script_of_the_package_is_documented():
    words = " ".join(each.name for each in DECLARED.commands)
    for path in (*PROJECT.glob("tools/*.py"), *PROJECT.glob("benchmarks/*.py")):
        if "__main__" in path.read_text("utf-8"):
            module = f"{path.parent.name}.{path.stem}"
            assert module in words or f"{path.parent.name}/{path.name}" in words, module
    scripts = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    for name in scripts.get("scripts", {}):
        assert f"uv run {name}" in words


def test_every_dial_is_on_the_page_with_its_range_its_start_and_its_meaning():
    shown = {
        (track.key, part.number): {row.name: row for row in rows}
        for track, parts in reference(DOCS).dials
        for part, rows in parts
    }
    for track, parts in all_missions():
        for part in parts:
            rows = shown[track.key, part.number]
            assert list(rows) == [knob.key for knob in part.knobs]
            for knob in part.knobs:
                row = rows[knob.key]
                assert knob.doc in row.meaning
                assert knob.label in row.meaning
                assert row.default
                bounds = (f"{knob.low:g}", f"{knob.high:g}") if knob.low is not None else ()
                choices = map(str, knob.choices)
                assert all(each in row.values for each in (*bounds, *choices))


def test_a_default_is_what_a_link_may_say():
    for _, parts in all_missions():
        for part in parts:
            for knob in part.knobs:
                assert knob.parse(dial(knob).default) == knob.start


def test_a_file_that_is_not_there_is_reported(tmp_path):
    with pytest.raises(BuildError, match="reference of the settings"):
        load_declared(tmp_path)
