"""The words all contracts are made of: identifiers, codes, periods, hours, counts and texts."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from birge_common import codelists
from birge_common.contracts.constraints import (
    ExactNumber,
    OneOf,
    PlainDate,
    ZonedInstant,
)
from birge_common.contracts.personal import no_iin, without_iin
from birge_common.periods import HALF_YEAR_PATTERN, MONTH_PATTERN, PERIOD_PATTERN
from birge_common.regions import COUNTRY, REGIONS

# What cannot be printed: control and format characters, spaces other than the plain one, private
# use. Written as escapes that Rust, Python and ECMAScript regular expressions all understand.
_UNPRINTABLE = (
    r"\u0000-\u001f\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3000\ue000-\uf8ff\ufeff\ufff9-\uffff"
)
_CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
WITHOUT_CONTROLS = r"^[^\u0000-\u001f\u007f-\u009f]*$"
PRINTABLE = f"^[^{_UNPRINTABLE}]*$"

Identifier = Annotated[
    str,
    StringConstraints(min_length=1, max_length=128, pattern=f"^[^|{_UNPRINTABLE}]*$"),
]
IdentifierPart = Annotated[
    str,
    StringConstraints(min_length=1, max_length=128, pattern=f"^[^|/{_UNPRINTABLE}]*$"),
]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern="^[a-z0-9_.-]*$")]
ShortText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=256, pattern=r"^[^\u0000-\u001f\u007f-\u009f]*$"),
]
LongText = Annotated[str, StringConstraints(max_length=4_000, pattern=f"^[^{_CONTROL}]*$")]
FreeText = Annotated[LongText, AfterValidator(without_iin)]
VolunteerReference = Annotated[
    str,
    StringConstraints(min_length=8, max_length=64, pattern="^[A-Za-z0-9._-]*$"),
    AfterValidator(no_iin),
]
Link = Annotated[
    str,
    StringConstraints(
        max_length=2_048, pattern=r"^https?://[^\s\u0000-\u0020\u007f-\u00a0\"<>\\]+$"
    ),
]
Source = Annotated[
    str,
    StringConstraints(
        min_length=1,
        max_length=256,
        pattern=r"^[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*$",
    ),
]
CountryCode = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]

Period = Annotated[str, StringConstraints(pattern=PERIOD_PATTERN)]
Month = Annotated[str, StringConstraints(pattern=MONTH_PATTERN)]
HalfYear = Annotated[str, StringConstraints(pattern=HALF_YEAR_PATTERN)]
Year = Annotated[int, Field(ge=1900, le=2199)]
PlainDay = Annotated[dt.date, PlainDate()]
Instant = Annotated[dt.datetime, ZonedInstant()]

Version = Annotated[int, Field(ge=1, le=2_147_483_647)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Persons = Annotated[int, Field(ge=0, le=1_000_000_000)]
Hours = Annotated[Decimal, ExactNumber(maximum=100_000_000, decimal_places=2, above_minimum=True)]
Percent = Annotated[Decimal, ExactNumber(maximum=100, decimal_places=4)]
Tenge = Annotated[
    Decimal, ExactNumber(maximum=1_000_000_000_000, decimal_places=2, above_minimum=True)
]
Quantity = Annotated[Decimal, ExactNumber(minimum=-(10**12), maximum=10**12, decimal_places=6)]

RegionCode = Annotated[str, OneOf("regions", REGIONS)]
RegionOrCountry = Annotated[str, OneOf("regions", [*REGIONS, COUNTRY])]
Direction = Annotated[str, OneOf("directions", codelists.DIRECTIONS)]
Format = Annotated[str, OneOf("formats", codelists.FORMATS)]
Category = Annotated[str, OneOf("categories", codelists.CATEGORIES)]
Layer = Annotated[str, OneOf("layers", codelists.LAYERS)]
SupportKind = Annotated[str, OneOf("support_kinds", codelists.SUPPORT_KINDS)]
ExclusionReason = Annotated[str, OneOf("exclusion_reasons", codelists.EXCLUSION_REASONS)]


def hundredths(hours: Decimal) -> int:
    """Hours as the whole number of hundredths that everything inside counts in."""
    return int(hours * 100)
