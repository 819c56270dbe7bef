"""Says of one file how its chain stands."""

from __future__ import annotations

from labpy.classroom.finding import Found
from labpy.state.ledger import ChainError, Ledger, LedgerError, RuleError
from labpy.words import say


def judge(found: Found) -> tuple[str, Ledger | str]:
    """Read one file: say how its chain stands, with the ledger or the reason why it is refused."""
    if found.problem:
        return "not-read", say(found.problem)
    try:
        return "holds", Ledger.from_json(found.data)
    except ChainError as error:
        return "broken", str(error)
    except RuleError as error:
        return "against-the-rules", str(error)
    except LedgerError as error:
        return "not-read", str(error)
