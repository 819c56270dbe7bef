"""The app against a page that remembers: what it tells, what it refuses, what it records."""

import json
import re
from pathlib import Path

import pytest

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.app.progress import ledger_view
from labpy.app.protocol import MESSAGES, ProtocolError
from labpy.missions import load_part, load_track
from labpy.state.ledger import MAX_BYTES, Ledger

AT = "2026-03-01T09:30:00.000Z"
PART = load_part("cloud", 1)


def make_lab(**more) -> tuple[Lab, RecordingPage]:
    page = RecordingPage()
    lab = Lab(page, track="cloud", build="test", at=AT, **more)
    lab.welcome()
    return lab, page


def say(lab: Lab, kind: str, **facts) -> None:
    place = {"part": 1} if "part" in MESSAGES["to_app"].get(kind, {}) else {}
    lab.receive({"kind": kind, "at": AT, **place, **facts})


def told(page: RecordingPage, part: int = 1) -> dict[str, str]:
    """Give what the page was told last of a part's progress."""
    news = [each["parts"] for each in page.told if each["kind"] in ("ledger", "event")]
    return next(each[str(part)] for each in reversed(news) if str(part) in each)


def kept(page: RecordingPage) -> str:
    """Give the ledger's text as the page keeps it: the last whole one, and every event since."""
    text = ""
    for each in page.told:
        if each["kind"] == "ledger":
            text = each["text"]
        if each["kind"] == "event":
            assert f'"head":"{each["before"]}"' in text
            text = text.replace(f'"head":"{each["before"]}"', f'"head":"{each["head"]}"', 1)
            text = ",\n".join([text.removesuffix("\n]}\n"), *each["lines"]]) + "\n]}\n"
    return text


def test_no_fact_of_a_part_is_told_before_its_prediction_and_every_one_after():
    lab, page = make_lab()
    lab.show(1)
    lab.open(1).state.apply(PART.winning)
    say(lab, "simulate")
    while lab.open(1).rest():
        pass
    assert {each["kind"] for each in page.told} == {"ledger"}
    say(lab, "predict", answer="linear")
    assert set(page.last("facts")["instruments"]) == set(PART.instruments)


def test_facts_are_json_and_name_every_knob_target_and_instrument():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    lab.open(1).tell()
    facts = page.last("facts")
    json.dumps(facts, allow_nan=False)
    assert set(facts["knobs"]) == {knob.key for knob in PART.knobs}
    assert set(facts["targets"]) == {target.key for target in PART.targets}
    assert set(facts["instruments"]) == set(PART.instruments)


def test_a_knob_that_moves_changes_sentence_table_and_meaning():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    view = lab.open(1)
    view.tell()
    before = page.last("facts")
    view.state.apply({"arrival_rate": PART.knob("arrival_rate").low})
    after = page.last("facts")
    name = PART.instruments[0]
    assert before["instruments"][name]["summary"] != after["instruments"][name]["summary"]
    assert before["instruments"][name]["table"] != after["instruments"][name]["table"]
    assert before["knobs"]["arrival_rate"] != after["knobs"]["arrival_rate"]


def test_what_was_done_before_python_was_up_is_done_when_it_is():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    assert told(page)["prediction"] == "linear"


def test_a_second_prediction_is_told_and_changes_nothing():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    ledger = lab.session.ledger
    say(lab, "predict", answer="flat")
    assert page.last("notice")["tone"] == "warn"
    assert lab.session.ledger == ledger


def test_the_same_prediction_said_twice_is_no_error():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    say(lab, "predict", answer="linear")
    with pytest.raises(LookupError):
        page.last("notice")


def test_nothing_is_revealed_before_a_prediction():
    lab, page = make_lab()
    say(lab, "reveal")
    assert "predict first" in page.last("notice")["text"]
    with pytest.raises(LookupError):
        page.last("reveal")


def test_the_reveal_says_how_many_times_off_the_prediction_was():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    say(lab, "reveal")
    reveal = page.last("reveal")
    implied = PART.lock.implied("linear")
    assert reveal["predicted"] == implied
    larger, smaller = max(reveal["actual"], implied), min(reveal["actual"], implied)
    assert reveal["off_by"] == pytest.approx(larger / smaller)
    assert lab.session.latest(1, "revealed")["off_by"] == reveal["off_by"]


def test_a_checkpoint_holds_settings_metrics_and_whether_it_passed():
    lab, _ = make_lab()
    say(lab, "predict", answer="linear")
    say(lab, "checkpoint")
    data = lab.session.latest(1, "checkpointed")
    assert data["settings"] == PART.start()
    assert data["passed"] is False
    assert set(data["metrics"]) == {target.metric for target in PART.targets}


def test_passing_settings_do_not_count_before_the_lock():
    lab, page = make_lab()
    lab.open(1).state.apply(PART.winning)
    assert not lab.workbenches[1].passes
    say(lab, "predict", answer="linear")
    assert lab.workbenches[1].passes
    assert told(page)["state"] == "passed"


def test_a_pass_and_its_reveal_are_recorded_once_when_the_knobs_rest():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    workbench = lab.open(1)
    lab.clock = "2026-03-01T10:00:00.000Z"
    with workbench.moving():
        workbench.state.apply(PART.winning)
    assert lab.session.latest(1, "passed") is None  # it may move on
    workbench.finish()
    workbench.state.apply(PART.start())
    workbench.state.apply(PART.winning)
    events = lab.session.ledger.events
    assert [each.kind for each in events] == ["started", "predicted", "passed", "revealed"]
    assert events[2].at == "2026-03-01T10:00:00.000Z"
    assert events[2].data["settings"] == PART.winning
    assert told(page)["state"] == "passed"
    assert [each["fresh"] for each in page.told if each["kind"] == "reveal"] == [True]


def test_a_reveal_of_an_earlier_visit_is_told_as_old_when_its_part_is_shown():
    lab, _ = make_lab()
    say(lab, "predict", answer="linear")
    say(lab, "reveal")
    later, page = make_lab(ledger_text=lab.session.ledger.to_json())
    later.show(1)
    assert page.last("reveal")["fresh"] is False
    assert later.session.ledger == lab.session.ledger


def test_an_event_is_told_as_one_and_the_page_keeps_the_same_ledger_by_it():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    lab.open(1).state.apply(PART.winning)
    say(lab, "reflect", text='Because of the knee, "head": and ]}.')
    say(lab, "checkpoint")
    assert [each["kind"] for each in page.told].count("ledger") == 1
    assert kept(page) == lab.session.ledger.to_json()
    assert [len(each["lines"]) for each in page.told if each["kind"] == "event"] == [1] * 5
    assert told(page)["state"] == "checkpointed"
    assert set(page.last("event")["parts"]) == {"1"}


def test_the_sections_of_the_ledger_that_did_not_change_are_not_told_again():
    lab, page = make_lab()
    view: list = []
    for answer in (lambda: say(lab, "predict", answer="linear"), lambda: say(lab, "reveal")):
        answer()
        view = page.told[0]["view"]
        for each in page.told[1:]:
            if each["kind"] == "event":
                view = [view[part] if isinstance(part, int) else part for part in each["view"]]
    assert view == ledger_view(lab.session.ledger)
    assert sum(not isinstance(each, int) for each in page.last("event")["view"]) <= 3


def test_beside_a_defence_stands_what_the_ledger_holds_of_its_track_alone():
    data = {"answer": "a", "label": "A", "implies": 1.0}
    ledger = another().append("predicted", "edge", 1, data, AT)
    _, page = make_lab(ledger_text=ledger.to_json())
    whole = page.last("ledger")
    headings = [section["heading"] for section in whole["view"]]
    begin = headings.index(load_track("cloud").name) + 1
    assert whole["evidence"] == list(range(begin, begin + len(load_track("cloud").parts)))
    assert len(headings) > begin + 2 * len(whole["evidence"])  # edge's parts stand there, too


def test_what_was_queued_is_told_with_the_whole_ledger_and_not_before():
    page = RecordingPage()
    lab = Lab(page, track="cloud", build="test", at=AT)
    say(lab, "predict", answer="linear")
    assert page.told == []
    lab.welcome()
    assert told(page)["prediction"] == "linear"


@pytest.mark.parametrize("form", ["json", "markdown", "csv"])
def test_every_export_is_written_and_holds_the_prediction(form):
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    say(lab, "export", format=form)
    assert "linear" in page.last("exported")["text"].lower()


def test_an_export_reads_back_as_the_same_ledger():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    say(lab, "export", format="json")
    other, _ = make_lab()
    say(other, "import", text=page.last("exported")["text"])
    assert other.session.ledger == lab.session.ledger
    assert other.session.part(1).prediction == "linear"


@pytest.mark.parametrize("text", ["", "{}", "[1,", '{"format":"theirs"}', "\x00"])
def test_a_bad_import_is_told_with_its_reason_and_changes_nothing(text):
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    ledger = lab.session.ledger
    say(lab, "import", text=text)
    assert page.last("notice")["tone"] == "warn"
    assert lab.session.ledger == ledger


def test_a_damaged_stored_ledger_is_told_and_a_new_one_begun():
    damaged = Ledger.new(AT, "x").to_json().replace("x", "y")
    lab, page = make_lab(ledger_text=damaged)
    assert "can't be read" in page.last("notice")["text"]
    assert len(lab.session.ledger.events) == 1


def another(identity: str = "another") -> Ledger:
    data = {"answer": "linear", "label": "Linearly", "implies": 2.0}
    return Ledger.new(AT, "x", identity).append("predicted", "cloud", 1, data, AT)


def test_another_ledger_is_asked_for_before_it_takes_the_place_of_work():
    lab, page = make_lab()
    say(lab, "predict", answer="hyperbolic")
    mine, theirs = lab.session.ledger, another()
    say(lab, "import", text=theirs.to_json())
    assert page.last("ask")["mine"] == "begun 2026-03-01 09:30 UTC, 2 entries"
    assert lab.session.ledger == mine
    say(lab, "import", text=theirs.to_json(), replace=True)
    assert lab.session.ledger == theirs
    assert page.last("aside")["text"] == mine.to_json()
    assert told(page)["prediction"] == "linear"


def test_a_new_ledger_sets_the_old_one_aside():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    mine = lab.session.ledger
    say(lab, "begin", identity="next student")
    assert lab.session.ledger.events[0].data["identity"] == "next student"
    assert not lab.session.part(1).locked
    assert page.last("aside")["text"] == mine.to_json()


def test_what_another_tab_wrote_is_joined_before_anything_is_told_to_be_kept():
    lab, page = make_lab()
    other, elsewhere = make_lab()
    answer = load_part("cloud", 2).lock.options[0].key
    say(lab, "predict", answer="linear")
    other.receive({"kind": "predict", "at": AT, "part": 2, "answer": answer})
    assert elsewhere.last("event")["synced"] == 0
    say(lab, "sync", text=other.session.ledger.to_json(), number=3)
    assert page.told[-1]["synced"] == 3
    assert told(page)["prediction"] == "linear"
    assert told(page, part=2)["prediction"]
    assert kept(page) == lab.session.ledger.to_json()


def test_a_store_that_another_program_damaged_is_set_aside_and_the_ledger_told_again():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    mine = lab.session.ledger
    say(lab, "sync", text="{", number=1)
    assert page.last("aside")["text"] == "{"
    assert page.last("aside")["damaged"]
    assert page.last("ledger")["text"] == mine.to_json()
    assert page.last("ledger")["synced"] == 1


def test_a_ledger_of_another_build_is_shown_though_its_knobs_and_metrics_are_gone():
    lab, page = make_lab()
    ledger = another()
    for part in (1, 2):
        data = {"answer": "of old", "label": "Of old", "implies": -1.0}
        if part == 2:
            ledger = ledger.append("predicted", "cloud", part, data, AT)
        deployed = {"iteration": 10, "settings": {"of_old": 1, "tensor_parallel_size": "many"}}
        deployed |= {"metrics": {"ttft_p50_s": "of old"}, "passed": False}
        for _ in range(12):
            ledger = ledger.append("deployed", "cloud", part, deployed, AT)
    for number in (1, 2, 3):
        lab.open(number)
    say(lab, "import", text=ledger.to_json())
    facts = next(m for m in reversed(page.told) if m["kind"] == "facts" and m["part"] == 2)
    assert facts["deployments"]["left"] == 0
    assert "not known" in facts["deployments"]["rows"][0]
    lab.receive({"kind": "reveal", "at": AT, "part": 2})
    assert page.last("reveal")["predicted"] == -1.0


def test_the_page_refuses_at_the_size_at_which_the_app_does():
    script = (Path(__file__).parents[2] / "site" / "js" / "ledger" / "ledger.js").read_text("utf-8")
    limit = re.search(r"LARGEST_BYTES = ([0-9_]+);", script)
    assert int(limit[1].replace("_", "")) == MAX_BYTES


def predicted() -> str:
    """A ledger with the first part's prediction in it."""
    lab, _ = make_lab()
    say(lab, "predict", answer="linear")
    return lab.session.ledger.to_json()


def test_a_link_sets_the_knobs_and_a_bad_value_is_said():
    lab, page = make_lab(query="?part=1&replicas=2&arrival_rate=lots", ledger_text=predicted())
    state = lab.open(1).state
    assert state.replicas == 2
    assert state.arrival_rate == PART.knob("arrival_rate").start
    assert "arrival_rate" in page.last("notice")["text"]


def test_a_links_settings_apply_once_the_prediction_is_locked_and_only_once():
    lab, page = make_lab(query="?part=1&replicas=2")
    state = lab.open(1).state
    assert state.settings() == PART.start()
    say(lab, "predict", answer="linear")
    assert state.replicas == 2
    assert page.last("facts")["settings"]["replicas"] == 2
    say(lab, "reset", knob="replicas")
    lab.show(1)
    assert state.settings() == PART.start()


def test_the_next_students_knobs_start_anew_and_those_of_a_joined_ledger_stay():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    state = lab.open(1).state
    state.apply({"replicas": 2})
    more = lab.session.ledger.append("reflected", "cloud", 1, {"text": "elsewhere"}, AT)
    say(lab, "sync", text=more.to_json(), number=1)
    assert state.replicas == 2
    said = len(page.told)
    say(lab, "begin", identity="next student")
    assert state.settings() == PART.start()
    assert "facts" not in {each["kind"] for each in page.told[said:]}


def test_how_sure_one_was_and_why_stand_in_the_ledger_and_come_back_in_the_reveal():
    lab, page = make_lab()
    say(lab, "predict", answer="linear", confidence="certain", why=" Queues grow\nslowly. ")
    data = lab.session.latest(1, "predicted")
    assert (data["confidence"], data["why"]) == ("certain", "Queues grow slowly.")
    say(lab, "reveal")
    assert page.last("reveal")["sure"] == "You were certain: this is the one to remember."
    assert page.last("reveal")["why"] == "Queues grow slowly."
    for form in ("markdown", "csv"):
        say(lab, "export", format=form)
        text = page.last("exported")["text"]
        assert "certain" in text
        assert "Queues grow slowly." in text


def test_a_confidence_that_is_no_step_is_refused():
    lab, page = make_lab()
    say(lab, "predict", answer="linear", confidence="very")
    assert "guess, fairly, certain" in page.last("notice")["text"]
    assert not lab.session.part(1).locked
    assert told(page)["prediction"] == ""  # so that the page opens its lock again
    assert page.told[-2]["kind"] == "ledger"


def test_a_reveal_before_the_targets_are_met_is_recorded_as_early():
    lab, page = make_lab()
    say(lab, "predict", answer="linear")
    say(lab, "reveal")
    assert page.last("reveal")["early"] is True
    assert lab.session.latest(1, "revealed")["early"] is True
    say(lab, "export", format="csv")
    assert ",true," in page.last("exported")["text"].splitlines()[1]
    passed, page = make_lab()
    say(passed, "predict", answer="linear")
    passed.open(1).state.apply(PART.winning)
    assert page.last("reveal")["early"] is False
    assert "early" not in passed.session.latest(1, "revealed")


def test_what_a_part_still_misses_is_told_until_nothing_is_missing():
    lab, page = make_lab()
    assert "the prediction" in told(page)["missing"]
    say(lab, "predict", answer="linear")
    say(lab, "reveal")
    say(lab, "reflect", text="a" * 500)
    assert told(page)["missing"] == "a reflection of at least 120 characters, in words"
    say(lab, "reflect", text="The queue is the model, and its wall is at one. " * 3)
    assert told(page)["missing"] == ""


def test_a_link_that_names_the_starts_wins_over_the_last_visit():
    start = PART.start()["replicas"]
    kept = {"1": {"replicas": 2}}
    lab, _ = make_lab(query=f"?part=1&replicas={start}", settings=kept, ledger_text=predicted())
    assert lab.open(1).state.replicas == start


def test_knobs_stand_where_they_stood_at_the_last_visit_if_they_still_can():
    kept = {"1": {"replicas": 2, "arrival_rate": 1e9, "gone": 1}}
    lab, _ = make_lab(settings=kept, ledger_text=predicted())
    state = lab.open(1).state
    assert state.replicas == 2
    assert state.arrival_rate == PART.knob("arrival_rate").start


def test_a_link_made_from_the_settings_opens_exactly_them():
    lab, page = make_lab()
    lab.open(1).state.apply(PART.winning)
    say(lab, "link")
    other, _ = make_lab(query=page.last("link")["query"], ledger_text=predicted())
    assert other.open(1).state.settings() == lab.workbenches[1].state.settings()


def test_another_theme_repaints_the_figures_without_making_new_ones():
    lab, _ = make_lab()
    view = lab.open(1)
    figure = view.layout.figure_roots()[f"p1-instrument-{PART.instruments[0]}"]
    ground = figure.background_fill_color
    say(lab, "theme", theme="dark")
    assert view.layout.figure_roots()[f"p1-instrument-{PART.instruments[0]}"] is figure
    assert figure.background_fill_color != ground


def test_an_unknown_message_is_an_error_that_names_it():
    lab, _ = make_lab()
    with pytest.raises(ProtocolError, match="no message 'warp'"):
        say(lab, "warp")


def test_a_name_that_is_given_stands_in_every_form_and_is_recorded_once():
    lab, page = make_lab()
    for form in ("json", "markdown", "csv", "print"):
        say(lab, "export", format=form, name="  Gül &  Hanna/7 ")
        told = page.last("exported")
        if form != "print":
            assert "Gül" in told["text"]
            assert told["name"].startswith("fleet-serving-lab-cloud-Gül-Hanna-7.")
    named = [each.data for each in Ledger.from_json(kept(page)).events if each.kind == "named"]
    assert named == [{"name": "Gül & Hanna/7"}]
    say(lab, "export", format="json", name="")
    assert page.last("exported")["name"] == "fleet-serving-lab-cloud.json"


def test_a_challenge_that_is_met_is_recorded_and_told():
    lab, page = make_lab()
    lab.open(1)
    say(lab, "predict", answer="linear")
    first = PART.challenges[0]
    lab.open(1).state.apply(first.proof[-1])
    lab.open(1).finish()
    assert first.key in page.last("challenges")["met"]
    kinds = [(each.kind, each.data.get("key")) for each in Ledger.from_json(kept(page)).events]
    assert kinds.count(("challenge", first.key)) == 1


def test_a_reflection_from_the_page_is_kept_marked_and_told_beside_save_and_one_s_own_is_not():
    lab, page = make_lab()
    say(lab, "predict", answer=PART.lock.options[0].key)
    pasted = PART.words["Briefing"]
    say(lab, "reflect", text=pasted)
    assert lab.session.latest(1, "reflected") == {"text": pasted, "from_page": True}
    assert "word for word" in told(page)["from_page"]
    own = "A queue needs idle time to drain after a burst, so I would leave a fifth of it to it."
    say(lab, "reflect", text=own)
    assert lab.session.latest(1, "reflected") == {"text": own}
    assert told(page)["from_page"] == ""


@pytest.mark.parametrize("track", ["cloud", "edge", "mobile", "tiny"])
def test_no_formula_stands_twice_in_the_math_peeks_of_a_part(track):
    """How far to trust a model may: it belongs to each figure that rests on it."""
    page = RecordingPage()
    lab = Lab(page, track=track, build="test", at=AT)
    lab.welcome()
    for number in load_track(track).parts:
        lab.show(number)
        lock = lab.session.mission(number).lock
        answer = lock.options[0].key if lock.options else f"{lock.lowest:g}"
        say(lab, "predict", part=number, answer=answer)
        told = page.last("facts")["instruments"].values()
        math = [each for instrument in told for each in instrument["math"] if each["mathml"]]
        for of in ("title", "mathml"):
            assert len({each[of] for each in math}) == len(math) > 2
