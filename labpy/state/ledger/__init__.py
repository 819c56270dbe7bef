"""The Ledger: what a student did, in a chain of hashes, with its views and exports."""

from labpy.state.ledger.document import FORMAT, MAX_BYTES, SCHEMA, Ledger
from labpy.state.ledger.errors import ChainError, LedgerError, RuleError
from labpy.state.ledger.event import Event
from labpy.state.ledger.merging import merge
from labpy.state.ledger.quantities import off_by, plain, restored, revealed

__all__ = [
    "FORMAT",
    "MAX_BYTES",
    "SCHEMA",
    "ChainError",
    "Event",
    "Ledger",
    "LedgerError",
    "RuleError",
    "merge",
    "off_by",
    "plain",
    "restored",
    "revealed",
]
