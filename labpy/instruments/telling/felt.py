"""What is heard or seen of a setting, and in words for those who do without."""

from __future__ import annotations

import math
from typing import Any

from labpy.instruments.pictures.felt import Echo, Motion
from labpy.words import Value, msg, say
from labpy.words.amounts import count, duration, share


def sentence(picture: Echo | Motion) -> Value:
    """Say what is heard or seen."""
    if isinstance(picture, Echo):
        if math.isinf(picture.delay_s):
            return msg("felt-echo-never")
        return msg("felt-echo", delay=duration(picture.delay_s))
    frames = count(picture.frames)
    if not picture.late:
        return msg("felt-even", noun=picture.noun, frames=frames)
    return msg(
        "felt-stutter",
        noun=picture.noun,
        frames=frames,
        late=count(len(picture.late)),
        worst=duration(max(took_s for _, took_s in picture.late)),
        held=share(picture.held()),
    )


def as_facts(picture: Echo | Motion) -> dict[str, Any]:
    """Give it as JSON, times in s: an echo has a `delay`, null for never; a motion late frames."""
    facts: dict[str, Any] = {"sentence": say(sentence(picture))}
    if isinstance(picture, Echo):
        return facts | {"delay": picture.delay_s if math.isfinite(picture.delay_s) else None}
    late = [[k, round(took_s, 5)] for k, took_s in picture.late]
    times = {"period": picture.period_s, "due": picture.due_s}
    return facts | times | {"frames": picture.frames, "late": late}
