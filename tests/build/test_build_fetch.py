import io
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest
from build_samples import make_wheel

from buildlib import fetch
from buildlib.errors import BuildError
from buildlib.fetch import SourceError, Sources, cache_path, fetch_all
from buildlib.lock import Item

GOOD = b"the right bytes"
BAD = b"other bytes"
ADDRESSES = ("https://cdn.example/numpy.whl", "npm:numpy@1!numpy.whl", "pypi:mirror==1!numpy.whl")


def item(*addresses: str) -> Item:
    digest = sha256(GOOD).hexdigest()
    return Item("numpy", "2.4.3", "numpy.whl", digest, "wheel", addresses or ADDRESSES)


class FakeSources:
    """Answers from a table: bytes, or the reason why not; remembers what it was asked."""

    def __init__(self, answers: dict[str, bytes | str]):
        self.answers = answers
        self.asked: list[str] = []

    def read(self, address: str) -> bytes:
        self.asked.append(address)
        answer = self.answers.get(address, "is out of reach")
        if isinstance(answer, str):
            raise SourceError(answer)
        return answer


def run(fake: FakeSources, cache: Path, *items: Item) -> tuple[dict[str, bytes], list[str]]:
    said: list[str] = []
    found = fetch_all(items or [item()], cache, fake.read, say=said.append, progress=False)
    return found, said


def test_sources_are_asked_in_order_until_one_delivers(tmp_path):
    fake = FakeSources({ADDRESSES[1]: GOOD, ADDRESSES[2]: GOOD})
    found, said = run(fake, tmp_path)
    assert found == {"numpy.whl": GOOD}
    assert fake.asked == list(ADDRESSES[:2])
    assert said == []


def test_wrong_bytes_are_refused_by_name_and_the_next_source_is_tried(tmp_path):
    fake = FakeSources({ADDRESSES[0]: BAD, ADDRESSES[2]: GOOD})
    found, said = run(fake, tmp_path)
    assert found == {"numpy.whl": GOOD}
    assert fake.asked == list(ADDRESSES)
    (refusal,) = said
    assert "numpy.whl" in refusal
    assert "cdn.example" in refusal
    assert sha256(BAD).hexdigest()[:12] in refusal


def test_wrong_bytes_never_reach_the_cache(tmp_path):
    with pytest.raises(BuildError, match=r"numpy\.whl"):
        run(FakeSources({ADDRESSES[0]: BAD}), tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_when_all_sources_are_down_one_sentence_names_the_file_and_each_source(tmp_path):
    with pytest.raises(BuildError) as caught:
        run(FakeSources({ADDRESSES[1]: "failed: no such package"}), tmp_path)
    message = str(caught.value)
    assert "\n" not in message
    for part in ("numpy.whl", "cdn.example", "npm:numpy@1", "no such package", "pypi:mirror==1"):
        assert part in message


def test_a_file_in_the_cache_is_not_asked_for_again(tmp_path):
    run(FakeSources({ADDRESSES[0]: GOOD}), tmp_path)
    second = FakeSources({})
    found, _ = run(second, tmp_path)
    assert found == {"numpy.whl": GOOD}
    assert second.asked == []


def test_a_damaged_file_in_the_cache_is_refused_and_replaced(tmp_path):
    path = cache_path(item(), tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(BAD)
    found, said = run(FakeSources({ADDRESSES[0]: GOOD}), tmp_path)
    assert found == {"numpy.whl": GOOD}
    assert "numpy.whl" in said[0]
    assert path.read_bytes() == GOOD


def test_a_package_is_downloaded_once_for_all_its_members(monkeypatch):
    downloads = []

    def pip(arguments: list[str]) -> str:
        downloads.append(arguments[-1])
        folder = Path(arguments[arguments.index("--dest") + 1])
        wheel = make_wheel({"runtime/a": b"1", "runtime/b": b"2"})
        (folder / "mirror-1-py3-none-any.whl").write_bytes(wheel)
        return ""

    monkeypatch.setattr(fetch, "run_pip", pip)
    with Sources() as sources:
        assert sources.read("pypi:mirror==1!runtime/a") == b"1"
        assert sources.read("pypi:mirror==1!runtime/b") == b"2"
        with pytest.raises(SourceError, match="no member runtime/c"):
            sources.read("pypi:mirror==1!runtime/c")
    assert downloads == ["mirror==1"]


def test_an_npm_package_is_read_as_a_tarball(monkeypatch):
    def npm(arguments: list[str], cwd: Path) -> str:
        with tarfile.open(cwd / "package.tgz", "w:gz") as archive:
            info = tarfile.TarInfo("package/font.woff2")
            info.size = len(GOOD)
            archive.addfile(info, io.BytesIO(GOOD))
        return ""

    monkeypatch.setattr(fetch, "run_npm", npm)
    with Sources() as sources:
        assert sources.read("npm:font@1!package/font.woff2") == GOOD


def test_a_package_that_failed_is_not_asked_for_again(monkeypatch):
    calls = []

    def npm(arguments: list[str], cwd: Path) -> str:
        calls.append(arguments)
        raise BuildError("npm pack failed: no network")

    monkeypatch.setattr(fetch, "run_npm", npm)
    with Sources() as sources:
        for member in ("a", "b"):
            with pytest.raises(SourceError, match="no network"):
                sources.read(f"npm:font@1!{member}")
    assert len(calls) == 1


def test_a_host_that_is_down_is_asked_once(monkeypatch):
    calls = []

    def urlopen(address: str, timeout: float):
        calls.append(address)
        raise TimeoutError("timed out")

    monkeypatch.setattr(fetch.urllib.request, "urlopen", urlopen)
    with Sources() as sources:
        for name in ("a", "b"):
            with pytest.raises(SourceError, match="out of reach: timed out"):
                sources.read(f"https://cdn.example/{name}")
    assert calls == ["https://cdn.example/a"]


def test_an_unknown_scheme_says_which_are_allowed():
    with Sources() as sources, pytest.raises(SourceError, match="https, npm and pypi"):
        sources.read("ftp:somewhere")
