"""The one exception that a build reports to its user in a sentence, without a traceback."""


class BuildError(Exception):
    """A build that cannot go on, with a message that says why and what to do."""
