"""A teacher's pages that need no Python: an assignment is made, a lock is voted on twice."""

import json

from playwright.sync_api import expect

from labpy.missions import read_assignment
from tests.browser.barriers import audit
from tests.classroom.played import play

PHONE = {"width": 390, "height": 844}


def chosen(page, part, target):
    return page.locator(f'.assign-part:has([data-part="{part}"]) [data-limit="{target}"]')


def test_an_assignment_is_made_checked_and_opened_by_its_link(visitor):
    page = visitor.open("teach/assign/", ready=False)
    expect(page.locator("[data-assign-checks] .good")).to_have_count(3)
    page.locator('[data-part="2"]').uncheck()
    chosen(page, 1, "latency").locator("[data-from]").select_option("0p5")
    chosen(page, 1, "demand").locator("[data-from]").select_option("18")
    chosen(page, 1, "demand").locator("[data-to]").select_option("12")
    page.fill("[data-assign-due]", "2099-12-01T23:59")
    expect(page.locator("[data-assign-checks] .good")).to_have_count(2)
    link = page.input_value("[data-assign-link]")
    assert link.startswith(f"{visitor.server.url}cloud/?part=1&assign=1-cloud-1.3-")
    told = read_assignment(link.partition("assign=")[2])
    assert told.limits == {(1, "demand"): (12.0, 14.0, 16.0, 18.0), (1, "latency"): (0.5,)}
    text = page.input_value("[data-assign-text]")
    assert link in text
    assert "at most 500 ms instead of at most 1 s" in text
    assert "December 1, 2099" in text
    audit(page, "teach tools 1")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    audit(page, "teach tools 2")

    # What can't be met together has no link, and it is said which part.
    chosen(page, 1, "demand").locator("[data-to]").select_option("")
    chosen(page, 1, "pace").locator("[data-from]").select_option("0p02")
    expect(page.locator("[data-assign-checks] .bad")).to_contain_text("Part 1")
    expect(page.locator("[data-assign-made]")).to_be_hidden()

    # The student's page: before Python and after it the same, in words, lights and ledger.
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(link)
    said = page.locator("[data-assignment]")
    expect(said).to_contain_text("Your assignment: parts 1 and 3 of Cloud Titan, due Tuesday")
    early = said.inner_text()
    expect(page.locator("#p1-briefing .lead")).to_contain_text("begin within 500 ms.")
    expect(page.locator("html")).to_have_attribute("data-python", "ready", timeout=90_000)
    assert sorted(said.inner_text().split("\n")) == sorted(early.split("\n"))
    light = page.locator('#part-1 [data-target="latency"] [data-limit-bound]')
    expect(light).to_have_text("at most 500 ms")
    page.reload()
    expect(said).to_contain_text("500 ms instead of at most 1 s")
    audit(page, "teach tools 3")
    assert not visitor.unexpected()


def test_two_votes_stand_side_by_side_by_keyboard_letters_and_ledgers(visitor, tmp_path):
    page = visitor.open("teach/peer/", ready=False)
    code = page.locator("[data-peer-code] svg")
    expect(code).to_have_attribute("aria-label", "QR code: leads to Cloud Titan, part 1")
    expect(page.locator("[data-peer-address]")).to_have_text(f"{visitor.server.url}cloud/?part=1")
    page.locator("[data-peer-options] button").nth(1).press("Enter")
    page.fill("[data-peer-typed]", "b, B a <b>")
    page.press("[data-peer-typed]", "Enter")
    expect(page.locator("[data-peer-said]")).to_contain_text("left in the field: 1")
    expect(page.locator("[data-peer-typed]")).to_have_value("<b>")
    expect(page.locator("[data-peer-stage-said]")).to_contain_text("4 counted")
    expect(page.locator("[data-peer-votes]")).to_be_hidden()
    audit(page, "teach tools 4")
    page.locator("[data-peer-next]").press("Enter")
    expect(page.locator("[data-peer-votes]")).to_be_hidden()  # the first vote sways nobody
    page.locator("[data-peer-peek]").press("Enter")
    expect(page.locator("[data-peer-sentence]")).to_have_text(
        "In the first vote 75% of 4 chose B: Linearly."
    )
    page.locator("[data-peer-next]").press("Enter")
    ledger = play("cloud", seed=2, tries=0, parts=(1,))
    made = next(each for each in ledger.events if each.kind == "predicted")
    (tmp_path / "one.json").write_text(ledger.to_json())
    (tmp_path / "same.json").write_text(ledger.to_json())
    (tmp_path / "none.json").write_text(json.dumps({"events": []}))
    page.set_input_files("[data-peer-ledgers]", sorted(tmp_path.glob("*.json")))
    expect(page.locator("[data-peer-said]")).to_have_text(
        "Counted: 1. Without a prediction for this part, or counted before: 2."
    )
    page.locator("[data-peer-next]").press("Enter")
    expect(page.locator("[data-peer-sentence]")).to_contain_text("In the second 100% of 1 chose")
    expect(page.locator("[data-peer-sentence]")).to_contain_text(made.data["label"])
    expect(page.locator("[data-peer-rows] tr").nth(1).locator("td").nth(0)).to_have_text("3")
    expect(page.locator("[data-peer-chart] rect.vote-2")).to_have_count(5)  # and one in the key
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        audit(page, "teach tools 5")
    page.set_viewport_size(PHONE)
    audit(page, "teach tools 6")

    # A number is said as such, and counted with its like.
    page.select_option("[data-peer-which]", label="Cloud Titan, part 3: The Memory Wall")
    page.fill("[data-peer-typed]", "20 20 35 -1")
    page.press("[data-peer-typed]", "Enter")
    expect(page.locator("[data-peer-said]")).to_contain_text("Counted: 3.")
    assert not visitor.unexpected()
