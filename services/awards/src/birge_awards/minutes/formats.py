"""Numbers, dates and money as the reader of a language writes them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

ALMATY = ZoneInfo("Asia/Almaty")
"""All of Kazakhstan keeps one time since 2024-03-01."""
NO_BREAK_SPACE = "\u00a0"


def whole(number: int, language: str) -> str:
    """A count with the language's grouping, never broken across lines."""
    return _unbroken(format_decimal(number, locale=language))


def score(value: Decimal, language: str) -> str:
    """A score at the published precision, two decimals."""
    return _unbroken(format_decimal(value, format="#,##0.00", locale=language))


def tenge(amount: int, language: str) -> str:
    """Whole tenge with their sign."""
    return f"{whole(amount, language)}{NO_BREAK_SPACE}₸"


def day(value: date, language: str) -> str:
    """A day in words."""
    return _unbroken(format_date(value, format="long", locale=language))


def instant(value: datetime, language: str) -> str:
    """An instant in Almaty's time, to the minute."""
    local = value.astimezone(ALMATY)
    time = format_time(local, format="HH:mm", locale=language)
    return f"{day(local.date(), language)}, {time}"


def _unbroken(text: str) -> str:
    # Babel groups with narrow or plain no-break spaces, by language and by version.
    return text.replace("\u202f", NO_BREAK_SPACE).replace(" ", NO_BREAK_SPACE)
