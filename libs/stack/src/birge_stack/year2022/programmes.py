"""Who reports besides the offices: grant projects and independent programmes, as printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from birge_stack.year2022.calendar_2022 import MONTHS
from birge_stack.year2022.figures import HUNDREDTHS, figures_of_2022
from birge_stack.year2022.places import Organisation
from birge_stack.year2022.report import AlreadyCounted

# Printed for all grants together; which project had how many is not.
GRANT_VOLUNTEERS, GRANT_EVENTS = 21_235, 800
COUNTRY = "KZ"


@dataclass(frozen=True, slots=True)
class Programme:
    """A project or programme: its printed hours, and where and when it says they were worked."""

    slug: str
    name: str
    hundredths: int
    volunteers: int | None
    direction: str | None
    regions: Mapping[str, float]
    periods: tuple[str, ...] = MONTHS
    already_counted: Mapping[str, int] | None = None


def source_of_grantee(direction: str) -> str:
    """The source of a grant project's reports."""
    return f"urn:birge:grantee:{direction}"


def source_of_programme(slug: str) -> str:
    """The source of an independent programme's reports."""
    return f"urn:birge:programme:{slug}"


def organisation_of(programme: Programme) -> Organisation:
    """The programme as the organisation of its reports."""
    return Organisation(programme.slug, programme.name, "ngo")


def grant_project_code(direction: str) -> str:
    """The code that ties activity, indicators and the grant together."""
    return f"birgemiz-{direction.replace('_', '-')}-2022"


def _mostly(home: str, share: float) -> Mapping[str, float]:
    """A republican project done mostly at home: `share` there, the rest evenly elsewhere."""
    others = [region for region in figures_of_2022().regions if region != home]
    return {home: share, **dict.fromkeys(others, (1 - share) / len(others))}


def grant_programmes() -> tuple[Programme, ...]:
    """The projects whose hours were printed; where they worked is made up."""
    homes = {
        "saylyq": ("KZ-71", 0.85),
        "taza_alem": ("KZ-59", 0.45),
        "ayala": ("KZ-71", 0.5),
        "qamqor": ("KZ-31", 0.4),
        "umit": ("KZ-43", 0.35),
        "sabaqtastyq": ("KZ-61", 0.3),
        "asyl_mura": ("KZ-43", 0.82),
    }
    hours = {
        row["direction"]: row["hours"]
        for row in figures_of_2022().published["grants"]
        if row["hours"] is not None
    }
    whole, given = sum(hours.values()), 0
    found: list[Programme] = []
    for direction, worked in hours.items():
        last = len(found) == len(hours) - 1
        volunteers = GRANT_VOLUNTEERS - given if last else GRANT_VOLUNTEERS * worked // whole
        given += volunteers
        found.append(
            Programme(
                slug=f"grantee-{direction.replace('_', '-')}",
                name=f"Grantee of Birgemiz: {direction}",
                hundredths=worked * HUNDREDTHS,
                volunteers=volunteers,
                direction=direction,
                regions=_mostly(*homes[direction]),
            )
        )
    return tuple(found)


_CITIES = ("KZ-75", "KZ-79", "KZ-15", "KZ-23", "KZ-27", "KZ-35", "KZ-39", "KZ-55", "KZ-63")
_Layout = tuple[str, str | None, tuple[str, ...], tuple[str, ...]]


def _layout() -> tuple[_Layout, ...]:
    """Slug, direction, regions, periods: the report gives the programmes' names and hours only."""
    everywhere = figures_of_2022().regions
    return (
        ("unicef", None, (COUNTRY,), ("2022-H1", "2022-H2")),
        ("zhenis", "qamqor", (COUNTRY,), ("2022",)),
        ("congress", "other_social", ("KZ-71",), ("2022-09",)),
        ("network-events", None, (COUNTRY,), MONTHS),
        ("28-petel", "saylyq", everywhere, MONTHS),
        ("ukraine-headquarters", "other_social", ("KZ-71", *_CITIES), MONTHS[2:]),
        ("zhas-ulan", "other_social", ("KZ-55",), MONTHS),
    )


def independent_programmes() -> tuple[Programme, ...]:
    """The printed programmes in their printed order; their division is made up."""
    rows = figures_of_2022().published["independent"]
    return tuple(
        Programme(
            slug=slug,
            name=row["name"],
            hundredths=row["hours"] * HUNDREDTHS,
            volunteers=row["volunteers"],
            direction=direction,
            regions=dict.fromkeys(regions, 1.0),
            periods=periods,
            already_counted=_already_counted_by_month(row),
        )
        for row, (slug, direction, regions, periods) in zip(rows, _layout(), strict=True)
    )


def _already_counted_by_month(row: Mapping[str, object]) -> Mapping[str, int] | None:
    declared = row.get("already_counted")
    if not isinstance(declared, dict):
        return None
    first, second = declared["months"]
    whole = declared["hours"] * HUNDREDTHS
    return {first: whole * 3 // 5, second: whole - whole * 3 // 5}


def overlap(programme: Programme, period: str, hundredths: int) -> AlreadyCounted:
    """Hours of the programme that stand in Astana's own statistics of that month."""
    return AlreadyCounted("urn:birge:office:KZ-71", "KZ-71", period, hundredths)
