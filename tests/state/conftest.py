"""Ledgers at several points of a student's way."""

import pytest
from ledger_samples import METRICS, SETTINGS, deploy, note, predict, time

from labpy.state.ledger import Ledger, revealed


@pytest.fixture
def begun():
    return Ledger.new(time(0), "build-7", "5f0c")


@pytest.fixture
def predicted(begun):
    return predict(begun)


@pytest.fixture
def full(predicted):
    """Every kind but `merged`."""
    ledger = deploy(predicted, minute=2)
    ledger = ledger.append("restarted", "cloud", 1, {}, time(3))
    ledger = deploy(ledger, minute=4, passed=True)
    result = {"settings": SETTINGS, "metrics": METRICS}
    ledger = ledger.append("passed", "cloud", 1, result, time(4))
    ledger = ledger.append("revealed", "cloud", 1, revealed(2.0, 5.5), time(5))
    ledger = note(ledger, "The queue grows as 1/(1 − ρ).\n\nSo 80% is where it begins to hurt.")
    ledger = ledger.append("checkpointed", "cloud", 1, {**result, "passed": True}, time(9))
    return note(ledger, "Throughput first.", minute=10, kind="defended")
