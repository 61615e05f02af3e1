"""Checks that pydantic's core runs without Python, for JSON first and Python values second."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema as cs

_FIRST_DAY, _LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_FIRST_INSTANT = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
_END_OF_INSTANTS = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)

_YEARS = "(19|20|21)[0-9]{2}"
_AFTER_YEAR = "-[0-9]{2}-[0-9]{2}"
_CLOCK = "[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"


def _shaped(pattern: str, code: str, message: str) -> cs.CoreSchema:
    return cs.custom_error_schema(
        cs.str_schema(pattern=pattern, strict=True),
        custom_error_type=code,
        custom_error_message=message,
    )


def _years() -> cs.CoreSchema:
    return _shaped(f"^{_YEARS}-", "range", "The year should be between 1900 and 2199")


class PlainDate:
    """A date of the years 1900 to 2199, on the wire `YYYY-MM-DD` and nothing else.

    The shape is checked first because pydantic reads digits in a string as seconds since 1970.
    """

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> cs.CoreSchema:
        shape = _shaped(f"^[0-9]{{4}}{_AFTER_YEAR}$", "type", "Input should be a date YYYY-MM-DD")
        return cs.json_or_python_schema(
            cs.chain_schema([shape, _years(), cs.date_schema(strict=False)]),
            cs.date_schema(strict=True, ge=_FIRST_DAY, le=_LAST_DAY),
        )

    def __get_pydantic_json_schema__(
        self, _: cs.CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "format": "date", "pattern": f"^{_YEARS}{_AFTER_YEAR}$"}


class ZonedInstant:
    """An RFC 3339 instant with a zone, of the years 1900 to 2199."""

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> cs.CoreSchema:
        shape = _shaped(
            f"^[0-9]{{4}}{_AFTER_YEAR}{_CLOCK}$",
            "type",
            "Input should be an RFC 3339 instant with a zone",
        )
        json = cs.datetime_schema(strict=False, tz_constraint="aware")
        python = cs.datetime_schema(
            strict=True, ge=_FIRST_INSTANT, lt=_END_OF_INSTANTS, tz_constraint="aware"
        )
        return cs.json_or_python_schema(cs.chain_schema([shape, _years(), json]), python)

    def __get_pydantic_json_schema__(
        self, _: cs.CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        pattern = f"^{_YEARS}{_AFTER_YEAR}{_CLOCK}$"
        return {"type": "string", "format": "date-time", "pattern": pattern}


@dataclass(frozen=True)
class ExactNumber:
    """A JSON number read as the decimal that was written; strings and booleans are refused.

    A float is read first: it turns into the shortest decimal that denotes it, which is exact for
    the 15 digits a JSON number carries between programs. Every bound belongs here, because one
    of a `Field` beside this would not reach the schema.
    """

    maximum: int
    decimal_places: int
    minimum: int = 0
    above_minimum: bool = False

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> cs.CoreSchema:
        low, high, above = self.minimum, self.maximum, self.above_minimum
        number = cs.float_schema(
            strict=True,
            ge=None if above else low,
            gt=low if above else None,
            le=high,
            allow_inf_nan=False,
        )
        places = cs.decimal_schema(strict=False, decimal_places=self.decimal_places)
        python = cs.decimal_schema(
            strict=True,
            ge=None if above else Decimal(low),
            gt=Decimal(low) if above else None,
            le=Decimal(high),
            decimal_places=self.decimal_places,
        )
        return cs.json_or_python_schema(
            cs.chain_schema([number, places]),
            python,
            serialization=cs.plain_serializer_function_ser_schema(
                plain_number, return_schema=cs.any_schema(), when_used="json"
            ),
        )

    def __get_pydantic_json_schema__(
        self, _: cs.CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        # No `multipleOf`: validators that divide binary fractions refuse 0.29 under it.
        low = "exclusiveMinimum" if self.above_minimum else "minimum"
        return {"type": "number", low: self.minimum, "maximum": self.maximum}


def plain_number(value: Decimal) -> int | float:
    """The number as JSON writes it: whole ones without a point."""
    whole = int(value)
    return whole if whole == value else float(value)


class OneOf:
    """One of the codes of a list kept as data; anything else is `unknown_code`.

    The list is named in the schema, because a list of codes may grow and an `enum` may not.
    """

    def __init__(self, list_name: str, codes: Iterable[str]) -> None:
        self._list_name = list_name
        self._codes = list(codes)

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> cs.CoreSchema:
        return cs.literal_schema(self._codes)

    def __get_pydantic_json_schema__(
        self, schema: cs.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "x-code-list": self._list_name}


@dataclass(frozen=True)
class Shaped:
    """Text of a pattern, refused with a code of its own."""

    pattern: str
    code: str
    message: str

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> cs.CoreSchema:
        return _shaped(self.pattern, self.code, self.message)


@dataclass(frozen=True)
class IgnoredUnless:
    """Optional text that is dropped, and drops nothing else, where it breaks the pattern."""

    pattern: str

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> cs.CoreSchema:
        text = cs.nullable_schema(cs.str_schema(pattern=self.pattern, strict=True))
        return cs.with_default_schema(text, default=None, on_error="default")

    def __get_pydantic_json_schema__(
        self, _: cs.CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {}
