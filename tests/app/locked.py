"""A lab whose lock is committed: before that it tells nothing."""

from labpy.app.lab import Lab

AT = "2026-03-01T09:30:00.000Z"


def lock_in(lab: Lab, number: int) -> None:
    """Predict the first option, or the lowest number allowed."""
    lock = lab.session.mission(number).lock
    answer = lock.options[0].key if lock.options else f"{lock.lowest:g}"
    lab.receive({"kind": "predict", "part": number, "answer": answer, "at": AT})
