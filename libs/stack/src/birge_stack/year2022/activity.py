"""All activity reports of the year that count, from one seed."""

import random

from birge_stack.year2022.development import development_reports
from birge_stack.year2022.figures import figures_of_2022
from birge_stack.year2022.front_offices import front_office_reports
from birge_stack.year2022.report import Report
from birge_stack.year2022.supplementary import grant_reports, independent_reports


def counted_reports(rng: random.Random, *, scale: float) -> list[Report]:
    """Offices, grants and programmes; `scale` changes how many reports, never how many hours."""
    figures = figures_of_2022()
    return [
        *front_office_reports(figures, rng, scale=scale),
        *development_reports(figures, rng),
        *grant_reports(rng),
        *independent_reports(rng, scale=scale),
    ]
