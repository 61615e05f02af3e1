"""What each table of the statistics is called and how its figures come about, for any reader."""

from collections.abc import Mapping
from typing import NamedTuple

from birge_common.web.pages.catalogues import N_


class TableWords(NamedTuple):
    """A table's name, what it shows, and how it is counted."""

    title: str
    shows: str
    method: str


TABLE_WORDS: Mapping[str, TableWords] = {
    "hours": TableWords(
        N_("Hours"),
        N_("Volunteer hours by region, direction and layer, with events and engagements."),
        N_(
            "Every report counts once, in its highest version and in the period it belongs to. "
            "Hours stand as reported; what a report says is counted elsewhere too stands beside"
            " them and is taken off in the grand total. Shares are of the same layer."
        ),
    ),
    "volunteers": TableWords(
        N_("Volunteers in numbers"),
        N_("Volunteers of each region by gender, age and occupation, from the half-yearly census."),
        N_(
            "Each front office counts the volunteers of its region twice a year. A year takes "
            "the last census inside it. A share leaves out regions that did not give both the "
            "part and the total. A change of over 10 %% has to carry its reason."
        ),
    ),
    "organisations": TableWords(
        N_("Organisations"),
        N_("Registered volunteer organisations and initiative groups of each region."),
        N_(
            "From the same census. National shares leave out a region that gave only one of the"
            " two figures, and say so."
        ),
    ),
    "directions": TableWords(
        N_("Directions of work"),
        N_("What the hours were given for, by layer, and where each direction is strongest."),
        N_(
            "A direction’s share is of the layer’s hours. One region is named with the largest "
            "share of a direction; regions are not ranked."
        ),
    ),
    "formats": TableWords(
        N_("Formats of work"),
        N_("Hours and events by car, online and offline."),
        N_("Over all layers. Where a report named no format its hours stand under “not stated”."),
    ),
    "participants": TableWords(
        N_("Categories of participants"),
        N_("Engagements of children, corporate, silver and other volunteers."),
        N_(
            "One volunteer may be in several categories, so they do not add up to all "
            "engagements. A share is of the sum over the seven categories."
        ),
    ),
    "representedness": TableWords(
        N_("Representedness of directions"),
        N_("Which directions prevail in a region and which hardly happen there."),
        N_(
            "Of the hours or events that the region’s front office saw: ● over 25 %%, × under 5"
            " %%, blank between. The mark is decided on exact numbers, not on rounded ones."
        ),
    ),
    "development": TableWords(
        N_("Development of volunteering"),
        N_("Trainings, team building, motivation and recognition of volunteers."),
        N_("These hours are in the table of hours too, under their direction; they are not added."),
    ),
    "support": TableWords(
        N_("Support by the front office"),
        N_("How often reports mention each kind of help that the office gave to volunteers."),
        N_(
            "In how many months of the period a kind of support was mentioned. The classes, "
            "from regular to none, follow published thresholds. There is no row for the "
            "country: an average of offices would say nothing."
        ),
    ),
    "grants": TableWords(
        N_("Grant projects"),
        N_("Hours, events and engagements of each grant project, and its indicators."),
        N_(
            "Hours come from activity reports only. The result of an indicator is a statement "
            "of the grantee and never becomes hours."
        ),
    ),
    "economy": TableWords(
        N_("Economic contribution of volunteers"),
        N_("What the hours would have cost as paid work, in two variants, and as full-time posts."),
        N_(
            "Hours, net of what is counted twice, times the wage of an hour: by the region’s "
            "average wage, and by the wage of the same economic activity. Wages and working "
            "time are published by others and named with each answer."
        ),
    ),
    "inquiries": TableWords(
        N_("Inquiries to the information centre"),
        N_("What people asked, how, from where, and how fast they had an answer."),
        N_(
            "By the month an inquiry came in. It is overdue when it has been open for more than"
            " 15 days at the end of the period. Days are counted for resolved ones only."
        ),
    ),
    "programme": TableWords(
        N_("Regional programme"),
        N_("Ten milestones that each region owes every year, from the council to best practices."),
        N_(
            "A milestone counts on the day it was held. Whether enough was done is told for "
            "whole years only."
        ),
    ),
    "coverage": TableWords(
        N_("Coverage"),
        N_("How much of what happens the front office sees, beside the count."),
        N_(
            "The office’s own estimate, in per cent from and to, and somebody else’s estimate "
            "of the number of volunteers. An estimate stands beside the count and never "
            "replaces it."
        ),
    ),
    "quality": TableWords(
        N_("Findings about the data"),
        N_("What does not fit in the data, with what was said about it."),
        N_(
            "Ten checks hold each figure against others. A finding stays open until somebody "
            "who answers for the region explains it, or a correction removes it."
        ),
    ),
    "submissions": TableWords(
        N_("Submissions"),
        N_("Whether each office reported for each month, and in time."),
        N_(
            "In time is what was sent by the 15th of the next month. A month that only repeats "
            "the one before is marked as repeated."
        ),
    ),
    "steady_work": TableWords(
        N_("Steady work"),
        N_("Hours of work that goes on all the time, and of single actions."),
        N_(
            "The share is of hours whose reports say which of the two they are. A shelter works"
            " every day and has no events: hours tell of it, events do not."
        ),
    ),
    "distinct_volunteers": TableWords(
        N_("Different volunteers"),
        N_("How many different people stand behind reports that name them by a code."),
        N_(
            "Each person counts once in a region and once in the country, however often. Only "
            "reports with such codes are in it, so it is a part of all volunteers."
        ),
    ),
    "capture_recapture": TableWords(
        N_("Estimate of the unseen"),
        N_("How many organisations there may be, from how many two layers see in common."),
        N_(
            "Chapman’s estimate with its 95 %% interval: the fewer organisations two layers "
            "have in common, the more there are that neither sees. It supposes that they see "
            "independently of one another. With fewer than seven in common there is no "
            "estimate."
        ),
    ),
}
