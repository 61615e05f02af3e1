"""Says a figure, or in words why there is none: no cell of the site is empty, or 0 for nothing."""

from collections.abc import Mapping
from typing import Any

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.domain.publication.row_keys import hidden_name
from birge_aggregator.domain.territory import COUNTRY
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.words import Words

SUPPRESSED = "suppressed"
_LEADING = "top_region/"
"""Before the name of a row of which only the leading region is hidden."""
NOT_PROVIDED = N_("not provided")
REASONS = {
    SUPPRESSED: N_("hidden to protect small groups"),
    "not_provided": NOT_PROVIDED,
    "no_submission": N_("nothing was submitted"),
    "half_yearly": N_("counted by half-years only"),
    "yearly": N_("told for whole years only"),
    "unreachable": N_("the grantee could not be reached"),
    "refused": N_("the grantee refused"),
    "too_few_in_both": N_("too few seen by both to estimate"),
}


def reason_in_words(words: Words, reason: str) -> str:
    """Why a figure is missing; a reason that nobody has words for is said as its code."""
    return words(REASONS[reason]) if reason in REASONS else reason


def absence(
    words: Words, frame: Frame, region: str, what: str, row: Mapping[str, Any] | None = None
) -> str:
    """Why this figure of the region is null, by what the frame says of it.

    `what` is the figure's column. Of a row only what is hidden in this very row is said to be
    hidden; without one, anything hidden of the region is the reason.
    """
    hidden = [
        one for one in frame["missing"] if one["region"] == region and one["reason"] == SUPPRESSED
    ]
    if row is not None:
        name = hidden_name(frame["table"], row)
        hidden = [one for one in hidden if name in ("", one["what"].removeprefix(_LEADING))]
    last = what.rsplit(".", 1)[-1]
    named = [
        one
        for one in frame["missing"]
        if one["reason"] != SUPPRESSED and one["what"].rsplit(".", 1)[-1].rsplit("/", 1)[-1] == last
    ]
    own = [one for one in named if one["region"] == region]
    # What is missing of the country, such as a yearly figure in a half-year, is so of each region.
    of_all = [one for one in named if one["region"] == COUNTRY]
    for one in [*hidden, *own, *of_all]:
        return reason_in_words(words, one["reason"])
    return words(NOT_PROVIDED)


def number(words: Words, value: float | None, absent: str, digits: int = 0) -> str:
    """The number in the reader's format, or why there is none."""
    return words.formats.number(value, digits) if value is not None else absent


def percent(words: Words, value: float | None, absent: str, digits: int = 1) -> str:
    """A share given in per cent, or why there is none."""
    return words.formats.percent(value / 100, digits) if value is not None else absent
