"""Plays a part by keyboard alone, as a student who has no mouse would."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from labpy.missions import Knob, Part

FAR = 400  # presses; a knob that needs more has too fine a step


def press_in_menu(button: Locator) -> None:
    """Press a button of an instrument's menu; its tab is chosen and its menu opened first."""
    figure = button.locator("xpath=ancestor::figure")
    if not figure.evaluate("each => each.hasAttribute('data-shown')"):
        tab = figure.page.locator(f'[role=tab][aria-controls="{figure.get_attribute("id")}"]')
        tab.focus()
        figure.page.keyboard.press("Enter")
    figure.locator("[data-menu] > summary").press("Enter")
    button.press("Enter")


class Player:
    """One part on one page."""

    def __init__(self, page: Page, part: Part, says: bool = True) -> None:
        """Play a part; `says` is whether the page speaks the language of these tests."""
        self.page = page
        self.part = part
        self.says = says
        self.section = page.locator(f'section[data-part="{part.number}"]')

    def predict(self) -> str:
        """Lock the first option, or the lowest number allowed."""
        form = self.section.locator("form[data-lock]")
        if self.part.lock.kind == "choice":
            answer = self.part.lock.options[0].key
            radio = form.locator(f'input[value="{answer}"]')
            radio.focus()
            self.page.keyboard.press("Space")
        else:
            answer = f"{self.part.lock.lowest:g}"
            form.locator("input").focus()
            self.page.keyboard.type(answer)
        self._press(form.locator("[type=submit]"))
        expect(self.section).to_have_attribute("data-lock-state", "committed")
        return answer

    def set(self, settings: dict[str, Any]) -> None:
        """Turn the knobs to these settings."""
        details = self.section.locator("details.advanced")
        if details.count() and not details.evaluate("element => element.open"):
            self._press(details.locator("summary"))
        for key, value in settings.items():
            self._turn(self.part.knob(key), value)

    def _turn(self, knob: Knob, value: Any) -> None:
        box = self.section.locator(f'[data-knob="{knob.key}"]')
        if knob.kind == "switch":
            switch = box.locator("input[type=checkbox]")
            if switch.is_checked() != value:
                switch.focus()
                self.page.keyboard.press("Space")
        elif knob.kind == "choice":
            buttons = box.locator("button[aria-pressed]")
            chosen = buttons.nth(knob.choices.index(value))
            if chosen.get_attribute("aria-pressed") != "true":
                self._press(chosen)
        else:
            self._slide(box.locator('[role="slider"]'), knob, float(value))
        if self.says:
            expect(box.locator("[data-knob-value]")).to_have_text(knob.shown(value))

    def _slide(self, slider: Locator, knob: Knob, value: float) -> None:
        slider.focus()
        ways = {
            "": round((value - float(slider.input_value())) / knob.step),
            "Home": round((value - knob.low) / knob.step),
            "End": round((value - knob.high) / knob.step),
        }
        start, steps = min(ways.items(), key=lambda way: abs(way[1]))
        assert abs(steps) <= FAR, f"{knob.key} needs {steps} presses"
        if start:
            self.page.keyboard.press(start)
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")

    def deploy(self) -> None:
        """Spend an iteration, in a part that has them."""
        if self.part.iterations:
            self._press(self.section.locator("[data-deploy]"))
            expect(self.section.locator("[data-deployments] tbody tr")).not_to_have_count(0)

    def expect_pass(self) -> None:
        """Every light passes, no failure shows, and the reveal has come."""
        expect(self.section.locator('[data-target][data-state="fail"]')).to_have_count(0)
        expect(self.section.locator('[data-target][data-state="pending"]')).to_have_count(0)
        expect(self.section.locator("[data-failure]")).to_have_count(0)
        expect(self.section.locator("[data-reveal]")).to_be_visible()
        expect(self.section.locator("[data-reveal-sentence]")).to_contain_text("You predicted")

    def write(self) -> None:
        """Reflect, and defend where the part asks for it."""
        for name in ("reflect", "defence"):
            field = self.section.locator(f"textarea[data-{name}]")
            if field.count():
                field.focus()
                self.page.keyboard.insert_text(
                    f"Part {self.part.number}: the queue is the model, and its wall is at one. " * 6
                )

    def checkpoint(self) -> None:
        """Save to the ledger."""
        self._press(self.section.locator("[data-checkpoint]"))
        expect(self.section.locator("[data-checkpoint-state]")).to_contain_text("ledger")

    def _press(self, button: Locator) -> None:
        button.focus()
        self.page.keyboard.press("Enter")
