"""Short ways to write the word of an assignment's link in a test."""

from labpy.missions.assignment import checksum


def code(*fields: str) -> str:
    """Seal some fields of an assignment with their checksum."""
    body = "-".join(fields)
    return f"{body}-{checksum(body)}"
