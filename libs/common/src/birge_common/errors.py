"""The three outcomes of handling a message; what is neither of these two is a bug."""


class InvalidMessage(Exception):
    """It can never succeed: quarantine it with the reason and its origin, and go on."""


class TransientError(Exception):
    """It may succeed later: retry with back-off, then stop and alarm."""


class LogReplacedError(Exception):
    """The topic is not the one that was counted so far: stop, and read docs/runbooks/rebuild.md."""
