"""Kazakhstan's first-level units with the days they are valid: 17 until 2022-06-07, 20 since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from birge_common.codelists import (
    Names,
    Term,
    aliases_from,
    codes_by_spelling,
    folded,
    names_from,
    rows_of,
)
from birge_common.periods import last_day

COUNTRY = "KZ"
COUNTRY_NAMES = Names(kk="Қазақстан", ru="Казахстан", en="Kazakhstan")


@dataclass(frozen=True)
class Region:
    """A unit of ISO 3166-2, valid from a day on; none has ended so far."""

    code: str
    kind: str
    names: Names
    valid_from: date
    predecessor: str | None
    aliases: tuple[str, ...]


def _region_from(row: Mapping[str, str]) -> Region:
    return Region(
        code=row["code"],
        kind=row["kind"],
        names=names_from(row),
        valid_from=date.fromisoformat(row["valid_from"]),
        predecessor=row["predecessor"] or None,
        aliases=aliases_from(row),
    )


REGIONS: Mapping[str, Region] = MappingProxyType(
    {row["code"]: _region_from(row) for row in rows_of("regions")}
)

_COUNTRY_TERM = Term(COUNTRY, COUNTRY_NAMES, ("Республика Казахстан", "Қазақстан Республикасы"))
_BY_SPELLING = codes_by_spelling([_COUNTRY_TERM, *REGIONS.values()])


def region_of_alias(text: str) -> str | None:
    """The region (or the country) that a document means by this text; None where unknown."""
    return _BY_SPELLING.get(folded(text))


def is_valid_in(code: str, period: str) -> bool:
    """Whether the region is valid on at least one day of the period; the country always is."""
    if code == COUNTRY:
        return True
    region = REGIONS.get(code)
    return region is not None and region.valid_from <= last_day(period)


def regions_on(day: date) -> tuple[str, ...]:
    """The codes of the regions valid on a day, in order of code."""
    return tuple(sorted(code for code, region in REGIONS.items() if region.valid_from <= day))


def predecessor_of(code: str) -> str | None:
    """The region that a new one was taken from."""
    region = REGIONS.get(code)
    return region.predecessor if region else None
