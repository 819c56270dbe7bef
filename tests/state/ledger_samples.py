"""Short ways to write a ledger in a test."""

SETTINGS = {"arrival_rate": 20.5, "replicas": 2, "policy": "continuous", "paged": True}
METRICS = {"response_p99_s": 8.25, "utilization": 0.75, "ttft_p99_s": "infinite", "stutter": None}


def time(minute):
    """A time in UTC, that many minutes after the lab began."""
    return f"2026-03-02T09:{minute:02d}:00.000Z"


def predict(ledger, part=1, minute=1, track="cloud", answer="linear", implies=2.0):
    data = {"answer": answer, "label": answer.capitalize() + "ly", "implies": implies}
    return ledger.append("predicted", track, part, data, time(minute))


def deploy(ledger, part=1, minute=2, iteration=1, passed=False, settings=SETTINGS):
    data = {"iteration": iteration, "settings": settings, "metrics": METRICS, "passed": passed}
    return ledger.append("deployed", "cloud", part, data, time(minute))


def note(ledger, text, part=1, minute=8, kind="reflected"):
    return ledger.append(kind, "cloud", part, {"text": text}, time(minute))
