"""How the models work, for teachers: the list in ``missions/teach/models.toml``, with formulas."""

from dataclasses import dataclass

from markupsafe import Markup

from buildlib.errors import BuildError
from buildlib.formulas import formulas
from buildlib.paths import TEACHERS_FOLDER
from labpy.missions import MissionError, Place, Record, missions_root, recorded_keys, worded
from labpy.missions.loader import read_toml

FILE = "models.toml"


@dataclass(frozen=True)
class Note(Record):
    """One model: what it assumes, its formula, how it was checked, where it fails."""

    formula: str
    code: str
    title: str = worded()
    used_in: str = worded(".used-in")
    assumes: str = worded(".assumes")
    symbols: str = worded(".symbols")
    checked: str = worded(".checked")
    fails: str = worded(".fails")

    @property
    def mathml(self) -> Markup:
        """The formula as MathML, which escapes all of its text itself."""
        return Markup(formulas()[self.formula])


@dataclass(frozen=True)
class Notes(Record):
    """What is said before the models, and the models."""

    models: tuple[Note, ...]
    introduction: str = worded("-introduction")


def word_keys() -> tuple[str, ...]:
    """List the messages that the notes ask the book for, whether it has them or not."""
    return recorded_keys(lambda words: _read(words.at("models")))


def model_notes() -> Notes:
    """Load the notes; BuildError if they name a formula that there is not."""
    try:
        notes = _read(Place("models"))
    except MissionError as error:
        raise BuildError(f"The page about the models can't be written: {error}.") from None
    known = formulas()
    if unknown := [note.formula for note in notes.models if note.formula not in known]:
        raise BuildError(f"{FILE}: no formula {unknown[0]!r}; there is: {', '.join(known)}.")
    return notes


def _read(words: Place) -> Notes:
    where = f"{TEACHERS_FOLDER}/{FILE}"
    return Notes.from_table(read_toml(missions_root() / where), where, words)
