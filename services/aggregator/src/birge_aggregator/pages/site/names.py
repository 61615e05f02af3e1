"""Names of groups, milestones and states that no code list has, for pages in three languages."""

from birge_aggregator.pages.site.periods import period_name
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.words import Words

GENDERS = {"women": N_("Women"), "men": N_("Men")}
AGES = {
    "under_18": N_("Under 18"),
    "from_18_to_29": N_("18 to 29"),
    "from_30_to_pension": N_("30 to pension age"),
    "pension": N_("Pension age"),
}
OCCUPATIONS = {
    "school_pupil": N_("School pupils"),
    "student": N_("Students"),
    "employed": N_("Employed"),
    "neet": N_("Young people neither at work nor in education"),
    "unemployed": N_("Unemployed"),
    "retired": N_("Retired"),
}
MILESTONES = {
    "council": N_("Council on volunteering"),
    "council_meeting": N_("Meetings of the council"),
    "programme": N_("Regional programme adopted"),
    "support_centre": N_("Support centre with its own budget"),
    "support_standard": N_("Support standard introduced"),
    "training": N_("Trainings for officials and volunteers"),
    "briefing": N_("Public briefing"),
    "regional_award": N_("Regional award held"),
    "gratitude_letters": N_("Letters of gratitude every half-year"),
    "best_practices": N_("Collection of best practices"),
}
SUPPORT_CLASSES = {
    "regular": N_("regularly"),
    "mentions": N_("in some months"),
    "occasional": N_("now and then"),
    "single": N_("once"),
    "none": N_("never"),
}
RECOMMENDATION_STATES = {
    "done": N_("done"),
    "partly": N_("done in part"),
    "not_done": N_("not done"),
    "unknown": N_("not known"),
}


def period_of_census(words: Words, period: str | None) -> str:
    """When people were counted; nothing where they were not."""
    _ = words
    return _("Census of the %(period)s.", period=period_name(_, period)) if period else ""
