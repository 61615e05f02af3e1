"""Numbers, money and times as a reader of each language writes them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from birge_common.web.pages.languages import Language

ALMATY = ZoneInfo("Asia/Almaty")
"""Kazakhstan's time: UTC+5 in the whole country since 2024-03-01."""

_NO_BREAK = "\u00a0"
_LOCALES: dict[Language, str] = {"kk": "kk_KZ", "ru": "ru_KZ", "en": "en_GB"}


class Formats:
    """The filters of one language; amounts never break across lines."""

    def __init__(self, language: Language) -> None:
        self._locale = _LOCALES[language]

    def number(self, value: Decimal | float, digits: int = 0) -> str:
        """A number with at most so many decimals, grouped by thousands."""
        pattern = "#,##0." + "#" * digits if digits else "#,##0"
        return format_decimal(value, pattern, self._locale)

    def money(self, tenge: Decimal | int) -> str:
        """Tenge; tiyn only where there are some."""
        pattern = "#,##0" if tenge == int(tenge) else "#,##0.00"
        return f"{format_decimal(tenge, pattern, self._locale)}{_NO_BREAK}₸"

    def percent(self, share: Decimal | float, digits: int = 1) -> str:
        """A share, 1 being the whole, in per cent with so many decimals."""
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        percent = Decimal(str(share)) * 100
        return f"{format_decimal(percent, pattern, self._locale)}{_NO_BREAK}%"

    def country(self, code: str) -> str:
        """A country's name by its ISO 3166-1 alpha-2 code; a code without a name is said itself."""
        return str(Locale.parse(self._locale).territories.get(code, code))

    def date(self, day: date) -> str:
        """A day with its month in words; an instant is the day it is in Almaty."""
        if isinstance(day, datetime):
            day = _in_almaty(day).date()
        return format_date(day, "long", self._locale)

    def moment(self, at: datetime) -> str:
        """A UTC-aware instant in Almaty's time, to the minute, with the offset of that day."""
        local = _in_almaty(at)
        offset = local.utcoffset()
        assert offset is not None
        time = format_time(local, "HH:mm", tzinfo=ALMATY, locale=self._locale)
        hours = offset // timedelta(hours=1)
        return f"{self.date(local)}, {time}{_NO_BREAK}(UTC+{hours})"


def _in_almaty(at: datetime) -> datetime:
    assert at.tzinfo is not None, "a time without a zone could be any of 24"
    return at.astimezone(ALMATY)
