"""A film on the bench: its sentence and table are of the frame that is shown."""

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from tests.app.locked import AT, lock_in


def test_a_step_of_a_film_is_told_with_the_sentence_of_its_frame():
    page = RecordingPage()
    lab = Lab(page, track="cloud", build="test", at=AT)
    lock_in(lab, 3)
    view = lab.open(3)
    seen = {"seen": ["KVCacheHeatmap"], "tables": ["KVCacheHeatmap"], "math": []}
    lab.receive({"kind": "watch", "part": 3, "at": AT} | seen)
    view.tell()
    while view.rest():
        pass
    before = page.last("facts")
    remedy = page.last("hint")["text"]
    lab.receive({"kind": "step", "part": 3, "instrument": "KVCacheHeatmap", "index": 5, "at": AT})
    after = page.last("facts")
    told = [each["instruments"]["KVCacheHeatmap"] for each in (before, after)]
    assert told[0]["first"] == 0
    assert told[0]["summary"] != told[1]["summary"]
    assert "frame 6 of" in told[1]["table"]["caption"]
    assert after["hint"] == remedy
