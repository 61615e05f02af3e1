"""Milestones of some regions' programmes and the grantees' indicator results."""

from collections.abc import Iterator
from datetime import date

from birge_stack.year2022.envelope import (
    GRANT_INDICATOR_REPORTED,
    MILESTONE_REPORTED,
    Planned,
)
from birge_stack.year2022.figures import figures_of_2022
from birge_stack.year2022.partners import (
    GRANT_OPERATOR,
    GRANT_OPERATOR_SOURCE,
    grantee_name,
    office_name,
    office_source,
)
from birge_stack.year2022.programmes import (
    grant_programmes,
    grant_project_code,
    source_of_grantee,
)
from birge_stack.year2022.statements import statement

# Region, milestone, number, day: made up, the report prints no checklist.
_STEPS = (
    ("KZ-71", "council", 1, date(2022, 2, 10)),
    ("KZ-71", "council_meeting", 1, date(2022, 4, 14)),
    ("KZ-71", "council_meeting", 2, date(2022, 10, 20)),
    ("KZ-71", "programme", 1, date(2022, 3, 1)),
    ("KZ-71", "training", 1, date(2022, 5, 25)),
    ("KZ-71", "training", 2, date(2022, 9, 14)),
    ("KZ-71", "regional_award", 1, date(2022, 12, 5)),
    ("KZ-35", "council", 1, date(2022, 3, 3)),
    ("KZ-35", "support_centre", 1, date(2022, 6, 1)),
    ("KZ-35", "gratitude_letters", 1, date(2022, 7, 1)),
    ("KZ-63", "briefing", 1, date(2022, 8, 30)),
    ("KZ-31", "best_practices", 1, date(2022, 11, 30)),
)
_UNANSWERED = {"silver": "not_provided", "bilim": "unreachable"}
_REPORTED_ON = date(2022, 12, 15)


def milestones() -> Iterator[Planned]:
    """Steps of regional programmes, sent the day they happened."""
    for region, milestone, n, day in _STEPS:
        yield statement(
            MILESTONE_REPORTED,
            partner=office_name(region),
            source=office_source(region),
            subject=f"{region}/2022/{milestone}/{n}",
            sent_on=day,
            data={
                "region": region,
                "year": 2022,
                "milestone": milestone,
                "n": n,
                "version": 1,
                "held_on": day.isoformat(),
                "details": "Made up for this demonstration",
            },
            region=region,
        )


def grant_indicators() -> Iterator[Planned]:
    """Hours and volunteers as each grantee stated them, or why there is no statement."""
    programmes = {programme.direction: programme for programme in grant_programmes()}
    for row in figures_of_2022().published["grants"]:
        direction = row["direction"]
        programme = programmes.get(direction)
        results = (
            {"hours": None, "volunteers": None}
            if programme is None
            else {"hours": row["hours"], "volunteers": programme.volunteers}
        )
        for indicator, value in results.items():
            yield _indicator(direction, indicator, value)


def _indicator(direction: str, indicator: str, value: int | None) -> Planned:
    """What the grantee states, or what the operator states of one who does not."""
    project = grant_project_code(direction)
    is_answered = direction not in _UNANSWERED
    return statement(
        GRANT_INDICATOR_REPORTED,
        partner=grantee_name(direction) if is_answered else GRANT_OPERATOR,
        source=source_of_grantee(direction) if is_answered else GRANT_OPERATOR_SOURCE,
        subject=f"{project}/{indicator}/2022",
        sent_on=_REPORTED_ON,
        data={
            "project": project,
            "indicator": indicator,
            "period": "2022",
            "version": 1,
            "status": _UNANSWERED.get(direction, "provided"),
            "value": value,
        },
    )
