"""The one error that the command shows to a person as a sentence instead of a traceback."""


class StackError(Exception):
    """Something the person at the keyboard can act on; the message says what and how."""
