"""What two offices say about the largest changes on the year before; made up."""

import hashlib
from collections.abc import Iterator
from datetime import date

from birge_stack.year2022.envelope import FINDING_EXPLAINED, Planned
from birge_stack.year2022.partners import office_name, office_source
from birge_stack.year2022.statements import statement

# The report prints these two changes, +193 % and +201 %, and no reason.
EXPLAINED = {"KZ-59": "coverage", "KZ-47": "real"}
_SENT_ON = date(2022, 12, 28)


def finding_of_change(region: str) -> str:
    """The id that the table `quality` gives a large change on the year before."""
    about = f"change_without_reason|{region}|2022-H2|volunteers.total|"
    return hashlib.sha256(about.encode()).hexdigest()[:16]


def explanations() -> Iterator[Planned]:
    """Of the changes that the report names without a reason."""
    for region, reason in EXPLAINED.items():
        finding = finding_of_change(region)
        yield statement(
            FINDING_EXPLAINED,
            partner=office_name(region),
            source=office_source(region),
            subject=finding,
            sent_on=_SENT_ON,
            data={
                "finding": finding,
                "region": region,
                "version": 1,
                "reason": reason,
                "difference": None,
                "text": "Made up for this demonstration",
            },
            region=region,
        )
