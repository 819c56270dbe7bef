import pytest
from build_samples import make_wheel

from buildlib.trim import licence_texts, load_rules, trim_stdlib, trim_wheel

RULES = {
    "all": {"drop": ["*/tests/*"], "keep": ["*.dist-info/entry_points.txt"]},
    "lab": {
        "drop": ["lab/server/*"],
        "keep": ["lab/*.css", "lab/{version}.json"],
        "blank": ["lab/docs.py"],
    },
    "stdlib": {"drop": ["pdb.py"]},
}
FILES = {
    "lab/__init__.py": "x = 1",
    "lab/__init__.pyi": "x: int",
    "lab/docs.py": "describe(x, 'all about x')",
    "lab/py.typed": "",
    "lab/style.css": "body {}",
    "lab/image.png": "",
    "lab/2.0.json": "{}",
    "lab/1.0.json": "{}",
    "lab/tests/test_lab.py": "",
    "lab/server/app.py": "",
    "lab/fast.cpython-313-x86_64-linux-gnu.so": b"\x7fELF",
    "lab/fast.cpython-314-wasm32-emscripten.so": b"\0asm",
    "lab-2.0.data/data/share/setup.py": "",
    "lab-2.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: lab\nVersion: 2.0\n\nLong words",
    "lab-2.0.dist-info/entry_points.txt": "[lab]\n",
    "lab-2.0.dist-info/RECORD": "lab/__init__.py,sha256=x,5\n",
    "lab-2.0.dist-info/licenses/LICENSE.md": "Do as you like",
}


@pytest.fixture
def trimmed():
    return trim_wheel(make_wheel(FILES), "lab", "2.0", RULES)


def test_code_stays_unless_dropped_and_data_goes_unless_kept(trimmed):
    assert sorted(trimmed) == [
        "lab-2.0.dist-info/METADATA",
        "lab-2.0.dist-info/RECORD",
        "lab-2.0.dist-info/entry_points.txt",
        "lab/2.0.json",
        "lab/__init__.py",
        "lab/docs.py",
        "lab/fast.cpython-314-wasm32-emscripten.so",
        "lab/style.css",
    ]


def test_what_is_blank_can_be_imported_and_holds_nothing(trimmed):
    assert trimmed["lab/docs.py"] == b""


def test_metadata_keeps_only_what_importlib_reads(trimmed):
    metadata = trimmed["lab-2.0.dist-info/METADATA"].decode()
    assert metadata == "Metadata-Version: 2.1\nName: lab\nVersion: 2.0\n"


def test_record_lists_exactly_the_files_that_are_left(trimmed):
    rows = trimmed["lab-2.0.dist-info/RECORD"].decode().splitlines()
    assert sorted(row.split(",")[0] for row in rows) == sorted(trimmed)


def test_licences_are_collected_before_trimming():
    texts = licence_texts(make_wheel(FILES))
    assert texts == {"lab-2.0.dist-info/licenses/LICENSE.md": "Do as you like"}


def test_the_standard_library_loses_what_its_rules_drop():
    stdlib = make_wheel({"pdb.py": "", "os.py": "", "LICENSE.txt": ""})
    assert sorted(trim_stdlib(stdlib, RULES)) == ["LICENSE.txt", "os.py"]


def test_every_wheel_of_the_lock_that_has_rules_is_named_as_in_the_lock():
    from buildlib.lock import load_lock

    named = {item.name for item in load_lock().of_kind("wheel")}
    assert set(load_rules()) - {"all", "stdlib"} <= named
