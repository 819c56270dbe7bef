"""Missions of the tests' own, so that no change of the lab's words changes a golden file."""

from labpy.missions import Knob, Lock, LockOption, Part, Reflection, Stakeholder, Track


def slider(key, label, start, low, high, step, kind="float", **more):
    return Knob(key, kind, start, label, "", low=low, high=high, step=step, **more)


def choice(key, label, *choices, **more):
    return Knob(key, "choice", choices[0], label, "", choices=choices, **more)


KNOBS = (
    slider("arrival_rate", "Arrival rate", 12.0, 0.5, 40.0, 0.5, quantity="requests_per_s"),
    slider("shift", "Shift", 0.0, -1e-3, 1e300, 1.0),
    choice("replicas", "Replicas", 1, 2, choice_labels=("1 × 8", "2 × 4")),
    choice("policy", "Batching", "static", "continuous", "a&b=c +"),
    slider("degree", "Degree", 1, 1, 8, 1, kind="int"),
    Knob("paged", "switch", False, "Paged", ""),
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
            "p99_growth",
            "?",
            "P99",
            "ratio",
            (LockOption("linear", 2.0, "Linearly", ""), LockOption("flat", 1.0, "Flat", "")),
        ),
        knobs=KNOBS,
        targets=(),
        failures=(),
        reflection=Reflection(minimum, "Patterson", "Why?"),
        defence=Reflection(minimum, "The ledger", "Defend.") if defended else None,
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
