"""Says a value of any table in the reader's language, or in words why there is none."""

from collections.abc import Callable, Mapping
from typing import Any

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.site.column_kinds import Kind
from birge_aggregator.pages.site.column_words import column_words
from birge_aggregator.pages.site.findings_page import (
    CHECKS,
    EXPLANATIONS,
    IMPORTANCE,
    STATES,
    SUBJECTS,
)
from birge_aggregator.pages.site.inquiries_page import SIDES, value_name
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.pages.site.said import absence, number, percent
from birge_common.codelists import CATEGORIES, DIRECTIONS, FORMATS, LAYERS, SUPPORT_KINDS
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.words import Words

_LISTS = {
    "direction": DIRECTIONS,
    "layer": LAYERS,
    "first_layer": LAYERS,
    "second_layer": LAYERS,
    "format": FORMATS,
    "category": CATEGORIES,
    "support": SUPPORT_KINDS,
}
_REGIONS = ("region", "top_region.region", "wage_region")
_PREVAILING = {
    "men": N_("men"),
    "women": N_("women"),
    "ngos": N_("organisations"),
    "initiative_groups": N_("initiative groups"),
    "equal": N_("both are equal"),
}
_MILESTONES = {
    "council": N_("Council on volunteering"),
    "council_meeting": N_("Meetings of the council"),
    "programme": N_("Programme adopted"),
    "support_centre": N_("Support centre with a budget of its own"),
    "support_standard": N_("Support standard introduced"),
    "training": N_("Trainings"),
    "briefing": N_("Briefing"),
    "regional_award": N_("Regional award"),
    "gratitude_letters": N_("Letters of gratitude, every half-year"),
    "best_practices": N_("Best practices collected"),
}
_CLASSES = {
    "regular": N_("regular"),
    "mentions": N_("mentioned"),
    "occasional": N_("occasional"),
    "single": N_("single"),
    "none": N_("none"),
}
_METHODS = {
    "regional_wage": N_("By the region’s average wage"),
    "activity_wage": N_("By the wage of the same activity"),
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "prevailing": _PREVAILING,
    "milestone": _MILESTONES,
    "class": _CLASSES,
    "method": _METHODS,
    "by": SIDES,
    "unit": {"organisation": N_("organisations")},
    "check": {code: title for code, (title, _meaning) in CHECKS.items()},
    "importance": IMPORTANCE,
    "state": STATES,
    "change_state": STATES,
    "reason": EXPLANATIONS,
    "change_reason": EXPLANATIONS,
    "what": SUBJECTS,
    "mark": {"●": N_("● over 25 %%"), "×": N_("× under 5 %%"), "": N_("from 5 to 25 %%")},
}
_NONE = N_("none")
_NULLS = {
    "format": N_("not stated"),
    "direction": N_("not stated"),
    "support": N_("any kind of support"),
    "mark": N_("hidden"),
}
"""What null means in a column of codes; elsewhere that there is none."""


def value_of(row: Mapping[str, Any], column: str) -> Any:
    """The value of a column, which names figures inside others as `age.under_18`."""
    value: Any = row
    for name in column.split("."):
        value = None if value is None else value[name]
    return value


def value_in_words(words: Words, frame: Frame, row: Mapping[str, Any], column: str) -> str:
    """The cell of a row, never empty."""
    value = value_of(row, column)
    kind = column_words(frame["table"], column).kind
    if kind.is_figure:
        region = row.get("region") or frame["region"]
        return figure_in_words(words, kind, value, absence(words, frame, region, column, row))
    return _OF_KIND[kind](words, row, column, value)


def figure_in_words(words: Words, kind: Kind, value: float | None, absent: str) -> str:
    """A figure in its unit, or why there is none."""
    if value is None:
        return absent
    match kind:
        case Kind.PERCENT:
            return percent(words, value, absent, 2 if 0 < value < 1 else 1)
        case Kind.TENGE:
            return words.formats.money(round(value))
        case Kind.HOURS:
            return number(words, value, absent, 2)
        case _:
            return number(words, value, absent, 1)


def _code(words: Words, row: Mapping[str, Any], column: str, value: str | None) -> str:
    if column == "value":
        return value_name(words, row)
    if column in _REGIONS:
        return words.region(value or COUNTRY) if value or column == "region" else words(_NONE)
    if value is None:
        return words(_NULLS.get(column, _NONE))
    if column in _LISTS:
        return words.of(_LISTS[column][value].names)
    known = _CODES[column]
    return words(known[value]) if value in known else value


def _period(words: Words, row: Mapping[str, Any], column: str, value: str | None) -> str:
    return words(_NONE) if value is None else period_name(words, value)


def _yes_no(words: Words, row: Mapping[str, Any], column: str, value: bool | None) -> str:
    _ = words
    return _(_NONE) if value is None else _("yes") if value else _("no")


def _text(words: Words, row: Mapping[str, Any], column: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return words.title(value)
    return str(value) if value else words(_NONE)


_OF_KIND: Mapping[Kind, Callable[[Words, Mapping[str, Any], str, Any], str]] = {
    Kind.CODE: _code,
    Kind.PERIOD: _period,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: _text,
}
