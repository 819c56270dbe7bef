"""A planner on the models: traffic and a fleet go in, latency, goodput, cost and energy come out.

It needs numpy and ``labpy.models``; what goes wrong is told as messages of the book of words.
"""

from labpy.fleet.answer import Answer, Slo, answer
from labpy.fleet.commands import launch_commands, python_snippet
from labpy.fleet.config_json import ConfigReading, read_config
from labpy.fleet.nearest import Nearest, nearest
from labpy.fleet.plan import Fleet, FleetError
from labpy.fleet.search import Candidate, Searching, search
from labpy.fleet.trace import Reading, TraceError, TraceReader, read_trace
from labpy.fleet.traffic import EXAMPLES, Synthetic, Traffic, example

__all__ = [
    "EXAMPLES",
    "Answer",
    "Candidate",
    "ConfigReading",
    "Fleet",
    "FleetError",
    "Nearest",
    "Reading",
    "Searching",
    "Slo",
    "Synthetic",
    "TraceError",
    "TraceReader",
    "Traffic",
    "answer",
    "example",
    "launch_commands",
    "nearest",
    "python_snippet",
    "read_config",
    "read_trace",
    "search",
]
