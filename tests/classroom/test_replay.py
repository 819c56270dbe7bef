"""A ledger that was played matches; one that was made up is found, whatever its chain says."""

import pytest

from labpy.classroom.replay import replay
from labpy.missions import load_part
from labpy.state.ledger import Ledger
from tests.classroom.played import BUILD, play

TRACKS = ("cloud", "edge", "mobile", "tiny")


@pytest.fixture(scope="module", params=TRACKS)
def played(request) -> Ledger:
    return play(request.param, seed=7)


@pytest.fixture(scope="module")
def cloud() -> Ledger:
    return play("cloud", seed=3)


def forged(ledger: Ledger, change) -> Ledger:
    """Chain a ledger anew, with each event's fields as `change` gives them."""
    made = Ledger()
    for event in ledger.events:
        fields = {name: getattr(event, name) for name in ("kind", "track", "part", "data", "at")}
        fields["data"] = {**fields["data"]}
        if change(fields) is not False:
            made = made.append(**fields)
    return Ledger.from_json(made.to_json())  # its chain holds


def changed(kind, **values):
    def change(fields):
        if fields["kind"] == kind:
            fields["data"] |= values

    return change


def test_what_was_played_matches(played):
    told = replay(played, BUILD)
    assert (told.verdict, told.findings) == ("matches", ())
    assert told.computed >= 3 * 2


def test_metrics_that_are_made_up_differ(cloud):
    def change(fields):
        if "metrics" in fields["data"]:
            fields["data"]["metrics"] = dict.fromkeys(fields["data"]["metrics"], 0.001)

    found = replay(forged(cloud, change), BUILD)
    assert found.verdict in ("differs", "impossible")
    assert found.findings


@pytest.mark.parametrize("kind", ["deployed", "passed", "checkpointed"])
def test_one_figure_that_is_made_up_differs_and_is_named(cloud, kind):
    metric = load_part("cloud", 1).targets[0].metric

    def change(fields):
        if fields["kind"] == kind:
            metrics = dict(fields["data"]["metrics"])
            name = metric if metric in metrics else next(iter(metrics))
            value = metrics[name]
            metrics[name] = value * 0.99 if isinstance(value, float) else 0.5
            fields["data"]["metrics"] = metrics

    told = replay(forged(cloud, change), BUILD)
    assert told.verdict == "differs"
    assert {each.reason.key for each in told.findings} <= {"replay-metric", "replay-verdict"}


def test_another_build_with_the_same_figures_matches(cloud):
    assert replay(cloud, "another").verdict == "matches"


def test_figures_of_another_build_are_laid_to_it(cloud):
    def change(fields):
        if fields["kind"] == "checkpointed":
            metrics = dict(fields["data"]["metrics"])
            name = next(name for name, value in metrics.items() if isinstance(value, float))
            fields["data"]["metrics"] = {**metrics, name: metrics[name] * (1 + 1e-3)}

    edited = forged(cloud, change)
    assert replay(edited, "newer").verdict == "other-build"
    assert replay(edited, None).verdict == "differs"
    assert replay(edited, BUILD).verdict == "differs"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (changed("passed", settings={"arrival_rate": 1e9}), "replay-settings"),
        (changed("checkpointed", settings={}), "replay-settings"),
        (lambda f: f["kind"] != "deployed" or bool(f["data"].update(passed=False)) or True,
         "replay-pass-undeployed"),
        (lambda f: f.update(at="2020-01-01T00:00:00.000Z") if f["kind"] == "passed" else None,
         "replay-backwards"),
        (changed("predicted", answer="nonsense"), "replay-answer"),
        (changed("revealed", off_by=123456.0), "replay-off-by"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_impossible_and_says_why(cloud, change, reason):
    told = replay(forged(cloud, change), BUILD)
    assert told.verdict == "impossible"
    assert reason in {each.reason.key for each in told.findings if each.impossible}


def test_a_pass_whose_own_figures_miss_a_target_is_none(cloud):
    target = load_part("cloud", 1).targets[0]

    def change(fields):
        if fields["kind"] == "passed" and fields["part"] == 1:
            metrics = {**fields["data"]["metrics"], target.metric: target.limit * 10}
            fields["data"]["metrics"] = metrics

    told = replay(forged(cloud, change), BUILD)
    assert told.verdict == "impossible"
    assert "replay-pass-is-none" in {each.reason.key for each in told.findings}


def test_more_deployments_than_a_part_has_are_impossible(cloud):
    part = load_part("cloud", 2)
    made = cloud
    deployed = next(e for e in cloud.events if e.kind == "deployed" and e.part == 2)
    for _ in range(part.iterations):
        made = made.append("deployed", "cloud", 2, deployed.data, cloud.events[-1].at)
    assert "replay-too-many" in {each.reason.key for each in replay(made, BUILD).findings}


def test_a_part_that_this_lab_does_not_have_cannot_be_computed():
    ledger = play("tiny", seed=1, tries=0)

    def change(fields):
        if fields["track"]:
            fields["track"] = "orbit"

    told = replay(forged(ledger, change), BUILD)
    assert told.verdict == "differs"
    assert {each.reason.key for each in told.findings} == {"replay-no-part"}
