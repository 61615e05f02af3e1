"""Everything the report printed about 2022 that a table can be held against."""

from birge_stack.year2022.checks import Check
from birge_stack.year2022.expected_activity import activity_checks
from birge_stack.year2022.expected_findings import finding_checks
from birge_stack.year2022.expected_people import people_checks
from birge_stack.year2022.expected_services import services_checks
from birge_stack.year2022.figures import figures_of_2022

YEAR = "2022"


def expected_checks() -> tuple[Check, ...]:
    """The headline checks of the year, in the order they are shown."""
    published = figures_of_2022().published
    return (
        *people_checks(published),
        *activity_checks(published),
        *services_checks(published),
        *finding_checks(),
    )
