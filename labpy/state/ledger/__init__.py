"""The Ledger: what a student did, in a chain of hashes, with its views and exports."""

from labpy.state.ledger.assigned import (
    Assigned,
    assigned,
    data_of,
    identity_of,
    in_force,
    only_parts,
    part_in_force,
    read_data,
    with_limits_of,
)
from labpy.state.ledger.document import FORMAT, MAX_BYTES, SCHEMA, Ledger
from labpy.state.ledger.errors import ChainError, LedgerError, RuleError
from labpy.state.ledger.event import Event
from labpy.state.ledger.markdown import to_markdown
from labpy.state.ledger.merging import merge
from labpy.state.ledger.progress import (
    PartProgress,
    Summary,
    TrackProgress,
    part_progress,
    summary,
    who,
)
from labpy.state.ledger.quantities import off_by, plain, restored, revealed
from labpy.state.ledger.sections import Section, print_view, unsaved
from labpy.state.ledger.table import to_csv

__all__ = [
    "FORMAT",
    "MAX_BYTES",
    "SCHEMA",
    "Assigned",
    "ChainError",
    "Event",
    "Ledger",
    "LedgerError",
    "PartProgress",
    "RuleError",
    "Section",
    "Summary",
    "TrackProgress",
    "assigned",
    "data_of",
    "identity_of",
    "in_force",
    "merge",
    "off_by",
    "only_parts",
    "part_in_force",
    "part_progress",
    "plain",
    "print_view",
    "read_data",
    "restored",
    "revealed",
    "summary",
    "to_csv",
    "to_markdown",
    "unsaved",
    "who",
    "with_limits_of",
]
