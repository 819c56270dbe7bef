"""How the models work, for teachers: the words of ``missions/teach/models.toml``, with formulas."""

import tomllib
from dataclasses import dataclass

from markupsafe import Markup

from buildlib.errors import BuildError
from buildlib.formulas import FORMULAS
from buildlib.paths import TEACHERS_FOLDER
from labpy.missions import MissionError, missions_root
from labpy.missions.schema import Record

FILE = "models.toml"


@dataclass(frozen=True)
class Note(Record):
    """One model: what it assumes, its formula, how it was checked, where it fails."""

    title: str
    used_in: str
    code: str
    assumes: str
    formula: str
    symbols: str
    checked: str
    fails: str

    @property
    def mathml(self) -> Markup:
        """The formula as MathML, which escapes all of its text itself."""
        return Markup(FORMULAS[self.formula])


@dataclass(frozen=True)
class Notes(Record):
    """What is said before the models, and the models."""

    introduction: str
    models: tuple[Note, ...]


def model_notes() -> Notes:
    """Load the notes; BuildError if they name a formula that there is not."""
    where = f"{TEACHERS_FOLDER}/{FILE}"
    try:
        table = tomllib.loads((missions_root() / where).read_text(encoding="utf-8"))
        notes = Notes.from_table(table, where)
    except (OSError, tomllib.TOMLDecodeError, MissionError) as error:
        raise BuildError(f"The page about the models can't be written: {error}.") from None
    if unknown := [note.formula for note in notes.models if note.formula not in FORMULAS]:
        raise BuildError(f"{where}: no formula {unknown[0]!r}; there is: {', '.join(FORMULAS)}.")
    return notes
