"""What can be wrong with a ledger."""


class LedgerError(ValueError):
    """A ledger, or what is to be added to it, is refused; the message says why."""


class ChainError(LedgerError):
    """The chain of hashes doesn't hold: an event was changed, moved, added or taken away."""


class RuleError(LedgerError):
    """An event breaks a rule of the mission, such as a second prediction."""
