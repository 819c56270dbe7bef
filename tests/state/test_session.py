"""The session: params declared from the mission, predictions that stay, a ledger that restores."""

import param
import pytest

from labpy.missions import MissionError, load_part
from labpy.state.ledger import Ledger, LedgerError
from labpy.state.parts import part_state_class
from labpy.state.session import Session

AT = "2026-03-01T09:30:00.000Z"


@pytest.fixture
def session() -> Session:
    return Session("cloud", Ledger.new(AT, "test"))


def test_every_knob_is_a_parameter_with_the_missions_bounds_label_and_doc():
    part = load_part("cloud", 1)
    declared = part_state_class(part).param
    for knob in part.knobs:
        parameter = declared[knob.key]
        assert (parameter.default, parameter.label, parameter.doc) == (
            knob.start, knob.label, knob.doc,
        )  # fmt: skip
        if knob.kind in ("float", "int"):
            assert parameter.bounds == (knob.low, knob.high)
            assert parameter.step == knob.step
        if knob.kind == "choice":
            assert list(parameter.objects) == list(knob.choices)


def test_a_value_out_of_bounds_is_refused_and_changes_nothing(session):
    state = session.part(1)
    before = state.settings()
    with pytest.raises(ValueError, match="arrival_rate"):
        state.apply({"arrival_rate": 1e9})
    with pytest.raises(ValueError, match="no knob 'warp'; knobs: arrival_rate"):
        state.apply({"warp": 9})
    assert state.settings() == before


def test_reset_puts_one_knob_back_and_leaves_the_others(session):
    state = session.part(1)
    state.apply({"arrival_rate": 3.0, "replicas": 2})
    state.reset("arrival_rate")
    assert state.arrival_rate == state.mission.knob("arrival_rate").start
    assert state.replicas == 2


def test_a_prediction_is_final(session):
    session.predict(1, "linear", AT)
    with pytest.raises(LedgerError):
        session.predict(1, "hyperbolic", AT)
    assert session.part(1).prediction == "linear"
    implied = session.mission(1).lock.implied("linear")
    assert session.latest(1, "predicted")["implies"] == implied


def test_an_answer_that_is_no_option_is_refused_and_the_lock_stays_open(session):
    with pytest.raises(MissionError, match="allowed: flat, linear"):
        session.predict(1, "sideways", AT)
    assert not session.part(1).locked
    assert session.latest(1, "predicted") is None


def test_a_reflection_is_recorded_once_however_often_it_is_saved(session):
    session.predict(1, "flat", AT)
    session.reflect(1, "Queues.", AT)
    session.reflect(1, "Queues.", AT)
    session.reflect(1, "", AT)
    assert sum(event.kind == "reflected" for event in session.ledger.events) == 1


def test_a_session_from_the_ledger_of_another_knows_what_was_done(session):
    session.predict(1, "flat", AT)
    session.reflect(1, "It was not flat at all.", AT)
    again = Session("cloud", Ledger.from_json(session.ledger.to_json()))
    assert again.part(1).prediction == "flat"
    assert again.part(1).reflection == "It was not flat at all."


def test_another_ledger_brings_open_parts_to_what_it_says(session):
    session.predict(1, "flat", AT)
    session.replace_ledger(Ledger.new(AT, "other"))
    assert not session.part(1).locked


def test_a_track_that_does_not_exist_is_refused():
    with pytest.raises(MissionError, match="no track 'moon'; known: cloud"):
        Session("moon", Ledger.new(AT, "test"))


def test_the_track_of_a_session_is_constant(session):
    with pytest.raises(TypeError, match="Constant"):
        session.track = "edge"
    assert isinstance(session, param.Parameterized)
