"""Missions of the tests' own, so that no change of the lab's words changes a golden file."""

from labpy.missions import Knob, Lock, LockOption, Part, Reflection, Stakeholder, Track

KNOBS = (
    Knob("arrival_rate", "Arrival rate", "", "float", 12.0, "requests/s", 0.5, 40.0, 0.5),
    Knob("shift", "Shift", "", "float", 0.0, "", -1e-3, 1e300, 1.0),
    Knob("replicas", "Replicas", "", "choice", 1, choices=(1, 2), choice_labels=("1 × 8", "2 × 4")),
    Knob("policy", "Batching", "", "choice", "static", choices=("static", "continuous", "a&b=c +")),
    Knob("degree", "Degree", "", "int", 1, "", 1, 8, 1),
    Knob("paged", "Paged", "", "switch", False),
)


def part(number, title, minimum=20, defended=False):
    return Part(
        number=number,
        title=title,
        scenario="",
        minutes=15,
        stakeholder=Stakeholder("Maya", "Head of Chat"),
        lock=Lock(
            "choice",
            "?",
            "p99_growth",
            "P99",
            "×",
            (LockOption("linear", "Linearly", "", 2.0), LockOption("flat", "Flat", "", 1.0)),
        ),
        knobs=KNOBS,
        targets=(),
        failures=(),
        reflection=Reflection("Patterson", "Why?", minimum),
        defence=Reflection("The ledger", "Defend.", minimum) if defended else None,
        instruments=(),
    )


PART = part(1, "The Throughput Knee")
MISSIONS = (
    (
        Track("cloud", "Cloud Titan", "", "", "", "", "", (1, 2)),
        (PART, part(2, "The Memory Wall", 40, defended=True)),
    ),
    (
        Track("edge", "Edge Guardian", "", "", "", "", "", (1,)),
        (part(1, "The Loop", defended=True),),
    ),
)
