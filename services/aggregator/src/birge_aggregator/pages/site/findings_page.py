"""The findings of an edition: what did not fit in the data, and what was said about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.maps import regions_of_map
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.pages.site.reading import beside
from birge_aggregator.pages.site.said import SUPPRESSED, number, reason_in_words
from birge_aggregator.pages.site.visits import Visit, edition_page
from birge_common.regions import REGIONS
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.views import Option
from birge_common.web.pages.words import Words

TABLE = "quality"
CHECKS = {
    "completeness": (
        N_("Something is missing"),
        N_("A front office gave no reports for a month, or no census for a half-year."),
    ),
    "timeliness": (
        N_("Late"),
        N_("Less than 80 %% of a month's reports were sent by the 15th of the next month."),
    ),
    "empty": (
        N_("Empty"),
        N_("A census without a figure above 0, or a month that others had counted already."),
    ),
    "repeated": (
        N_("Repeated"),
        N_("The same figures as in the month or half-year before."),
    ),
    "sum_of_parts": (
        N_("The parts do not add up"),
        N_("A total differs from the sum of its parts, in a census or in a printed report."),
    ),
    "printed_total": (
        N_("Printed and counted differ"),
        N_("A figure printed in a report differs from what was counted from the reports received."),
    ),
    "outlier": (
        N_("Out of line"),
        N_("A value far from the office's own past, or a report that contradicts itself."),
    ),
    "likely_double": (
        N_("Probably counted twice"),
        N_("Two reports of one organisation look like the same hours."),
    ),
    "change_without_reason": (
        N_("Changed without a reason"),
        N_("Over 10 %% more or fewer volunteers than a year before, and nobody said why."),
    ),
    "contradiction": (
        N_("Two sources disagree"),
        N_("Two sources state different figures of the same thing."),
    ),
}
STATES = {"open": N_("not explained yet"), "explained": N_("explained")}
IMPORTANCE = {"error": N_("error"), "warning": N_("warning")}
EXPLANATIONS = {
    "real": N_("a real change"),
    "counting_rule": N_("another rule of counting"),
    "coverage": N_("the office sees more or less than before"),
    "boundary": N_("the boundary changed"),
    "print_error": N_("an error in print"),
    "other": N_("another reason"),
}
SUBJECTS = {
    "reports of the office": N_("reports of the office"),
    "reports on time": N_("reports on time"),
    "hours of the office": N_("hours of the office"),
    "census": N_("census"),
    "volunteers.total": N_("volunteers"),
    "all hours": N_("all hours"),
    "grant hours": N_("grant hours"),
}
"""What findings are about, where a language has words for it; else it is said as it is named."""
NOT_OF_A_REGION = "none"


@dataclass(frozen=True)
class Found:
    """One finding in words."""

    id: str
    where: str
    period: str
    what: str
    expected: str
    found: str
    difference: str
    importance: str
    detail: str
    state: str
    explanation: str


@dataclass(frozen=True)
class Section:
    """The findings of one check, and what it checks."""

    check: str
    title: str
    meaning: str
    findings: tuple[Found, ...]


def findings_page(shell: Shell) -> APIRouter:
    """`/findings?region=…&check=…&state=…`."""
    return edition_page(shell, "/findings", "site/findings.html", _view)


async def _view(reader: Reader, visit: Visit) -> View:
    _ = reader.words
    key = AnswerKey(TABLE, reader.edition.period)
    rows = (await reader.frame(key))["rows"]
    regions = _regions(_, reader.edition.period)
    chosen = {
        "region": visit.choice("region", ("all", NOT_OF_A_REGION, *REGIONS), "all"),
        "check": visit.choice("check", ("all", *CHECKS), "all"),
        "state": visit.choice("state", ("all", *STATES), "all"),
    }
    shown = [row for row in rows if _fits(row, chosen)]
    return {
        "total": len(rows),
        "shown": len(shown),
        "chosen": chosen,
        "regions": [
            Option("all", _("All")),
            Option(NOT_OF_A_REGION, _("The country or a source")),
            *regions,
        ],
        "checks": [
            Option("all", _("All")),
            *(Option(check, _(title)) for check, (title, _meaning) in CHECKS.items()),
        ],
        "states": [
            Option("all", _("All")),
            *(Option(state, _(name)) for state, name in STATES.items()),
        ],
        "sections": [
            section for check in CHECKS if (section := _section(_, check, shown)).findings
        ],
        "meanings": [(_(title), _(meaning)) for title, meaning in CHECKS.values()],
        **await beside(reader, visit, key),
    }


def _regions(words: Words, period: str) -> list[Option]:
    named = [Option(code, words.region(code)) for code in regions_of_map(period, map_17=False)]
    return sorted(named, key=lambda option: in_order(option.label))


def _fits(row: Mapping[str, Any], chosen: Mapping[str, str]) -> bool:
    is_there = chosen["region"] in ("all", row["region"] or NOT_OF_A_REGION)
    return is_there and all(chosen[name] in ("all", row[name]) for name in ("check", "state"))


def _section(words: Words, check: str, rows: list[Mapping[str, Any]]) -> Section:
    title, meaning = CHECKS[check]
    found = [found_in_words(words, row) for row in rows if row["check"] == check]
    ordered = sorted(found, key=lambda one: (in_order(one.where), one.period, one.id))
    return Section(check, words(title), words(meaning), tuple(ordered))


def found_in_words(words: Words, row: Mapping[str, Any]) -> Found:
    """A row of the table of findings as people read it."""
    _ = words
    # What is expected is always known, unless the numbers are hidden.
    is_hidden = row["expected"] is None
    absent = reason_in_words(_, SUPPRESSED) if is_hidden else _("nothing was reported")
    what, state, importance = row["what"], row["state"], row["importance"]
    return Found(
        id=row["finding"],
        where=_.region(row["region"] or COUNTRY),
        period=period_name(_, row["period"]),
        what=_(SUBJECTS[what]) if what in SUBJECTS else what,
        expected=number(_, row["expected"], absent, 2),
        found=number(_, row["found"], absent, 2),
        difference=number(_, row["difference"], absent, 2),
        importance=_(IMPORTANCE[importance]),
        detail=_.title(row["detail"]),
        state=_(STATES[state]),
        explanation=_explanation(_, row),
    )


def _explanation(words: Words, row: Mapping[str, Any]) -> str:
    return "" if row["reason"] is None else words(EXPLANATIONS[row["reason"]])
