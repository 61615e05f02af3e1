"""The words of columns that one table has, or means in its own way."""

from collections.abc import Mapping

from birge_aggregator.pages.site.column_kinds import ColumnWords, Kind
from birge_common.web.pages.catalogues import N_

_C = ColumnWords
SHARE_OF_GROUP = N_("Share of all volunteers whose group is known, in the regions that gave it.")
GROUP = N_("Persons, by the census of the front office.")
_GROUPS = {
    "under_18": N_("Under 18"),
    "from_18_to_29": N_("18 to 29"),
    "from_30_to_pension": N_("From 30 to pension age"),
    "pension": N_("Pension age"),
    "school_pupil": N_("School pupils"),
    "student": N_("Students"),
    "neet": N_("Neither working nor learning"),
    "employed": N_("Employed"),
    "unemployed": N_("Unemployed"),
    "retired": N_("Retired"),
}
_SHARES = {
    "under_18": N_("Under 18, share"),
    "from_18_to_29": N_("18 to 29, share"),
    "from_30_to_pension": N_("From 30 to pension age, share"),
    "pension": N_("Pension age, share"),
    "school_pupil": N_("School pupils, share"),
    "student": N_("Students, share"),
    "neet": N_("Neither working nor learning, share"),
    "employed": N_("Employed, share"),
    "unemployed": N_("Unemployed, share"),
    "retired": N_("Retired, share"),
}

OF_TABLE: Mapping[str, Mapping[str, ColumnWords]] = {
    "hours": {
        "already_counted": _C(
            N_("Already counted elsewhere"),
            N_("Hours that reports say are in another report too; taken off in the grand total."),
            Kind.HOURS,
        ),
        "share_of_direction_pct": _C(
            N_("Share of the direction’s hours"),
            N_("Share of the country’s hours of the same direction and layer."),
            Kind.PERCENT,
        ),
        "front_office": _C(N_("Hours of the front offices"), N_("The basis."), Kind.HOURS),
        "grant": _C(N_("Hours of the grants"), N_("Beside the basis."), Kind.HOURS),
        "independent": _C(
            N_("Hours of independent organisations"), N_("Beside the basis."), Kind.HOURS
        ),
        "grand_total": _C(
            N_("Hours in all, counted once"),
            N_("All layers together, less what is already counted elsewhere."),
            Kind.HOURS,
        ),
    },
    "volunteers": {
        "census_period": _C(N_("Census of"), N_("The half-year that was counted."), Kind.PERIOD),
        **{f"age.{group}": _C(_GROUPS[group], GROUP) for group in tuple(_GROUPS)[:4]},
        **{
            f"age_pct.{group}": _C(_SHARES[group], SHARE_OF_GROUP, Kind.PERCENT)
            for group in tuple(_GROUPS)[:4]
        },
        **{f"occupation.{group}": _C(_GROUPS[group], GROUP) for group in tuple(_GROUPS)[4:]},
        **{
            f"occupation_pct.{group}": _C(_SHARES[group], SHARE_OF_GROUP, Kind.PERCENT)
            for group in tuple(_GROUPS)[4:]
        },
        "share_of_country_pct": _C(
            N_("Share of the country"),
            N_("Share of the volunteers of all regions that gave a figure."),
            Kind.PERCENT,
        ),
        "previous": _C(N_("A year before"), N_("Volunteers in the same half a year before.")),
        "change_pct": _C(
            N_("Change"),
            N_("Change on the same half a year before, on its own past."),
            Kind.PERCENT,
        ),
        "change_state": _C(
            N_("Is the change explained"), N_("Of a change of over 10 %% only."), Kind.CODE
        ),
        "change_reason": _C(N_("Reason of the change"), N_("As it was explained."), Kind.CODE),
        "change_explained_by": _C(N_("Explained by"), N_("Who explained it."), Kind.TEXT),
        "change_text": _C(N_("Explanation"), N_("In the words of who explained it."), Kind.TEXT),
        "boundary_change": _C(
            N_("Did the boundary change"),
            N_("Whether the year before was counted on another territory."),
            Kind.YES_NO,
        ),
    },
    "organisations": {
        "ngos": _C(N_("Organisations"), N_("Registered volunteer organisations.")),
        "initiative_groups": _C(N_("Initiative groups"), N_("Groups that are not registered.")),
        "ngo_pct_of_region": _C(
            N_("Organisations, share"), N_("Share of both kinds in the region."), Kind.PERCENT
        ),
        "group_pct_of_region": _C(
            N_("Initiative groups, share"), N_("Share of both kinds in the region."), Kind.PERCENT
        ),
        "pct_of_national_ngos": _C(
            N_("Share of the country’s organisations"),
            N_("Over the regions that gave both figures."),
            Kind.PERCENT,
        ),
        "pct_of_national_groups": _C(
            N_("Share of the country’s initiative groups"),
            N_("Over the regions that gave both figures."),
            Kind.PERCENT,
        ),
    },
    "directions": {
        "top_region.region": _C(
            N_("Region with the largest share"),
            N_("The one region with most hours of this direction and layer."),
            Kind.CODE,
        ),
        "top_region.share_pct": _C(
            N_("Its share"),
            N_("Share of the country’s hours of this direction and layer."),
            Kind.PERCENT,
        ),
    },
    "formats": {"format": _C(N_("Format"), N_("How the work was done."), Kind.CODE)},
    "participants": {"category": _C(N_("Category"), N_("Who took part."), Kind.CODE)},
    "representedness": {
        "mark": _C(N_("Mark"), N_("● over 25 %%, × under 5 %%, blank between."), Kind.CODE)
    },
    "support": {
        "support": _C(N_("Kind of support"), N_("Or any kind of it together."), Kind.CODE),
        "reports": _C(N_("Reports"), N_("Reports that mention it.")),
        "months_mentioned": _C(N_("Months with a mention"), N_("Months of the period.")),
        "months": _C(N_("Months"), N_("Months of the period.")),
        "mentioned_pct": _C(N_("Share of months"), N_("Months with a mention."), Kind.PERCENT),
        "class": _C(N_("Class"), N_("How often support is mentioned."), Kind.CODE),
    },
    "grants": {
        "project": _C(N_("Project"), N_("The grant project’s identifier."), Kind.TEXT),
        "provided": _C(N_("Indicators provided"), N_("Results that the grantee gave.")),
        "not_provided": _C(N_("Not provided"), N_("Results that were not given.")),
        "refused": _C(N_("Refused"), N_("Results that the grantee refused to give.")),
        "unreachable": _C(N_("Could not be reached"), N_("Results whose grantee did not answer.")),
    },
    "economy": {
        "hours": _C(N_("Hours, net"), N_("Without what is counted elsewhere."), Kind.HOURS),
        "method": _C(N_("Variant"), N_("Whose wage values an hour."), Kind.CODE),
        "tenge_per_hour": _C(N_("Wage of an hour"), N_("Average over the hours."), Kind.TENGE),
        "tenge": _C(N_("Value"), N_("Hours times the wage of an hour."), Kind.TENGE),
        "fte": _C(N_("Full-time posts"), N_("Hours by the working time of a post."), Kind.HOURS),
        "wage_source": _C(N_("Source of the wage"), N_("Who published it."), Kind.TEXT),
        "wage_region": _C(N_("Region of the wage"), N_("Whose wage it is."), Kind.CODE),
        "wage_period": _C(N_("Period of the wage"), N_("When it was paid."), Kind.PERIOD),
    },
    "inquiries": {
        "by": _C(N_("Side"), N_("By which side inquiries are told apart."), Kind.CODE),
        "value": _C(N_("Value"), N_("What they have in common."), Kind.CODE),
        "related": _C(N_("About volunteering"), N_("Inquiries about volunteering.")),
        "resolved": _C(N_("Resolved"), N_("Brought to a result.")),
        "open": _C(N_("Open"), N_("Without a result at the end of the period.")),
        "overdue": _C(N_("Overdue"), N_("Open for more than 15 days.")),
        "median_days": _C(
            N_("Median days"), N_("Half were resolved within so many days."), Kind.DAYS
        ),
        "p90_days": _C(
            N_("Nine of ten within, days"), N_("Nine of ten were resolved so fast."), Kind.DAYS
        ),
    },
    "programme": {
        "milestone": _C(N_("Milestone"), N_("What the region owes."), Kind.CODE),
        "done": _C(N_("Done"), N_("How often it was held.")),
        "required": _C(N_("Due a year"), N_("How often a year it is due.")),
        "met": _C(N_("Met"), N_("Whether enough was done in the year."), Kind.YES_NO),
    },
    "coverage": {
        "reported": _C(N_("Volunteers counted"), N_("By the census.")),
        "low": _C(
            N_("The office sees from"),
            N_("Of all that happens, by its own estimate."),
            Kind.PERCENT,
        ),
        "high": _C(
            N_("The office sees up to"),
            N_("Of all that happens, by its own estimate."),
            Kind.PERCENT,
        ),
    },
    "quality": {
        "finding": _C(N_("Finding"), N_("Its identifier, which stays the same."), Kind.TEXT),
        "check": _C(N_("Check"), N_("What was held against what."), Kind.CODE),
        "importance": _C(
            N_("Importance"), N_("Errors have to be cleared, warnings looked at."), Kind.CODE
        ),
        "what": _C(N_("About"), N_("Which figure."), Kind.CODE),
        "found": _C(N_("Found"), N_("What the figure is."), Kind.HOURS),
        "difference": _C(N_("Difference"), N_("Found less expected."), Kind.HOURS),
        "detail": _C(N_("In words"), N_("What was found, in a sentence."), Kind.TEXT),
    },
    "submissions": {
        "expected": _C(N_("Expected"), N_("One for each month that is due.")),
        "on_time": _C(N_("In time"), N_("Sent by the 15th of the next month.")),
        "empty": _C(N_("Empty"), N_("Nothing in it that others had not counted.")),
        "repeated": _C(N_("Repeated"), N_("The same figures as the month before.")),
        "received_pct": _C(N_("Received, share"), N_("Of what was due."), Kind.PERCENT),
        "on_time_pct": _C(N_("In time, share"), N_("Of what was received."), Kind.PERCENT),
    },
    "steady_work": {
        "continuous": _C(N_("Steady work"), N_("Hours of work that goes on."), Kind.HOURS),
        "one_off": _C(N_("Single actions"), N_("Hours of single actions."), Kind.HOURS),
        "not_stated": _C(N_("Not stated"), N_("Hours whose reports do not say."), Kind.HOURS),
        "steady_pct": _C(
            N_("Share of steady work"), N_("Of the hours whose reports say which."), Kind.PERCENT
        ),
    },
    "distinct_volunteers": {
        "volunteers": _C(N_("Different volunteers"), N_("Each person once.")),
        "reports": _C(N_("Reports"), N_("Reports that name volunteers by a code.")),
    },
    "capture_recapture": {
        "unit": _C(N_("Of what"), N_("What is counted."), Kind.CODE),
        "first_layer": _C(N_("First layer"), N_("One of the two that see."), Kind.CODE),
        "second_layer": _C(N_("Second layer"), N_("The other of the two."), Kind.CODE),
        "first": _C(N_("Seen by the first"), N_("Different organisations.")),
        "second": _C(N_("Seen by the second"), N_("Different organisations.")),
        "both": _C(N_("Seen by both"), N_("Different organisations.")),
        "seen": _C(N_("Seen in all"), N_("By either of the two.")),
        "expert": _C(N_("Experts’ estimate"), N_("From the reference data.")),
        "coverage_low": _C(
            N_("The office sees from"),
            N_("Of all that happens, by its own estimate."),
            Kind.PERCENT,
        ),
        "coverage_high": _C(
            N_("The office sees up to"),
            N_("Of all that happens, by its own estimate."),
            Kind.PERCENT,
        ),
    },
}
