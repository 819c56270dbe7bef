"""Scenarios: what the models say about one part's settings.

A scenario turns knob settings into an `Outcome`: metrics for the targets, pictures for the
instruments, and a few words about each knob's present value. It knows the models and the records
of the instruments, and nothing of Panel, param or the page.
"""

from labpy.scenarios.base import Outcome, Scenario, kept_scenario, scenario

__all__ = ["Outcome", "Scenario", "kept_scenario", "scenario"]
