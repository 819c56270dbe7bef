"""One mission from the lock to the exported ledger, by keyboard, in any engine and any frame."""

from __future__ import annotations

from labpy.missions import Part
from labpy.state.ledger import Ledger
from tests.browser.drivers import Tab

WORDS = "The queue is the model, and its wall is at one: waits grow as 1/(1 - rho). "
PRESSES = 4

# What the page hands to the browser to save, since no engine's driver reads its download folder.
CATCH_EXPORT = """
const made = URL.createObjectURL.bind(URL);
URL.createObjectURL = (blob) => {
  blob.text().then((text) => { window.__exported = text; });
  return made(blob);
};
"""


def wait_ready(tab: Tab) -> None:
    """Wait until the workbench answers; a failed start ends the wait with the page's words."""
    state = tab.until(
        "const { python } = document.documentElement.dataset;return python !== 'loading' && python",
        what="the workbench",
    )
    assert state == "ready", tab.text("[data-boot-error-text]")


def predict(tab: Tab, part: Part) -> None:
    """Lock the first option, or the lowest number allowed; Python need not be up."""
    section = f'section[data-part="{part.number}"]'
    tab.until("return performance.getEntriesByName('lab:lock-ready').length", what="the lock")
    if part.lock.kind == "choice":
        tab.focus(f'{section} form[data-lock] input[value="{part.lock.options[0].key}"]')
        tab.press("Space")
    else:
        tab.focus(f"{section} form[data-lock] input")
        tab.type(f"{part.lock.lowest:g}")
    tab.focus(f"{section} form[data-lock] [type=submit]")
    tab.press("Enter")
    tab.until_attribute(section, "data-lock-state", "committed")


def turn_a_knob(tab: Tab, part: Part) -> None:
    """Move the first slider by keyboard, and see the sentence, the lights' readings change."""
    section = f'section[data-part="{part.number}"]'
    knob = next(each for each in part.knobs if each.kind in ("int", "float"))
    facts = (
        "return [...document.querySelectorAll(arguments[0])]"
        ".map((each) => each.textContent).join('|')"
    )
    watched = (f"{section} [data-summary]", f"{section} [data-target-value]")
    before = [tab.evaluate(facts, each) for each in watched]
    key = "ArrowLeft" if knob.start > knob.low else "ArrowRight"
    tab.focus(f'{section} [data-knob="{knob.key}"] >> [role="slider"]')
    tab.press(*[key] * PRESSES)
    for selector, old in zip(watched, before, strict=True):
        changed = "return " + facts.removeprefix("return ") + " !== arguments[1]"
        tab.until(changed, selector, old, what=f"a change of {selector}")


def reveal(tab: Tab, part: Part) -> str:
    """Ask for the reveal, and give its sentence."""
    section = f'section[data-part="{part.number}"]'
    tab.focus(f"{section} [data-reveal-open]")
    tab.press("Enter")
    return tab.until_text(f"{section} [data-reveal-sentence]", "You predicted")


def write(tab: Tab, part: Part) -> None:
    """Reflect, and defend where the part asks for it, in more than the stated minimum."""
    section = f'section[data-part="{part.number}"]'
    for name in ("reflect", "defence"):
        field = f"{section} textarea[data-{name}]"
        if tab.evaluate("return Boolean(find(arguments[0]))", field):
            tab.focus(field)
            tab.type(WORDS * 5)


def checkpoint(tab: Tab, part: Part) -> None:
    """Save to the ledger."""
    section = f'section[data-part="{part.number}"]'
    tab.focus(f"{section} [data-checkpoint]")
    tab.press("Enter")
    tab.until_text(f"{section} [data-checkpoint-state]", "ledger")


def export(tab: Tab) -> Ledger:
    """Export the ledger as JSON, and read it; its chain must hold.

    It is what was handed to the browser to save, or, in a frame that may not save, what is shown.
    """
    tab.evaluate(CATCH_EXPORT)
    tab.focus('[data-ledger-export="json"]')
    tab.press("Enter")
    text = tab.until(
        "return window.__exported"
        " ?? find('[data-hand-out]:not([hidden]) [data-hand-out-text]')?.value",
        what="the export",
    )
    return Ledger.from_json(text)


def play_mission(tab: Tab, part: Part) -> Ledger:
    """Play a part through on the page that the tab is at (or in the frame it has entered).

    Returns the exported ledger, which holds the prediction, the reveal, the reflection and the
    checkpoint of this part.
    """
    predict(tab, part)
    wait_ready(tab)
    turn_a_knob(tab, part)
    reveal(tab, part)
    write(tab, part)
    checkpoint(tab, part)
    ledger = export(tab)
    kinds = [event.kind for event in ledger.events if event.part == part.number]
    assert {"predicted", "revealed", "reflected", "checkpointed"} <= set(kinds)
    return ledger
