"""What people asked the information centre, and how fast they were answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.reading import beside
from birge_aggregator.pages.site.said import absence, number
from birge_aggregator.pages.site.visits import Visit, edition_page
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.words import Words

TABLE = "inquiries"
FIGURES = ("received", "resolved", "open", "overdue", "median_days", "p90_days")
_DAYS = ("median_days", "p90_days")
SIDES = {
    "total": N_("All of them"),
    "related": N_("What about"),
    "channel": N_("How they asked"),
    "gender": N_("Who asked"),
    "region": N_("From which region"),
    "country": N_("From which country abroad"),
    "content": N_("What they asked, as it was written down"),
}
_SHOWN = tuple(SIDES)[1:]
_VALUES = {
    "phone": N_("phone"),
    "e-mail": N_("e-mail"),
    "site": N_("website"),
    "messenger": N_("messenger"),
    "men": N_("men"),
    "women": N_("women"),
    "true": N_("about volunteering"),
    "false": N_("about something else"),
}
"""Values that a language has words for; names of services are the same in all."""


@dataclass(frozen=True)
class Group:
    """Inquiries that share a value, which `name` says; figures in the order of `FIGURES`."""

    name: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """All inquiries by one of their sides."""

    title: str
    groups: tuple[Group, ...]


def inquiries_page(shell: Shell) -> APIRouter:
    """`/inquiries`."""
    return edition_page(shell, "/inquiries", "site/inquiries.html", _view)


async def _view(reader: Reader, visit: Visit) -> View:
    _ = reader.words
    key = AnswerKey(TABLE, reader.edition.period)
    frame = await reader.frame(key)
    total = next((row for row in frame["rows"] if row["by"] == "total"), None)
    return {
        "total": None
        if total is None
        else dict(zip(FIGURES, _figures(_, frame, total), strict=True)),
        "related": None
        if total is None
        else number(_, total["related"], absence(_, frame, frame["region"], "related", total)),
        "parts_of_all": [Part(_(SIDES[by]), _groups(_, frame, by)) for by in _SHOWN],
        **await beside(reader, visit, key),
    }


def _groups(words: Words, frame: Frame, by: str) -> tuple[Group, ...]:
    groups = [
        (row["value"] is None, value_name(words, row), _figures(words, frame, row))
        for row in frame["rows"]
        if row["by"] == by
    ]
    ordered = sorted(groups, key=lambda group: (group[0], in_order(group[1])))
    return tuple(Group(title, figures) for _is_unknown, title, figures in ordered)


def value_name(words: Words, row: Mapping[str, Any]) -> str:
    """What the inquiries of a row have in common."""
    _, by, value = words, row["by"], row["value"]
    if by == "total":
        return _("all inquiries")
    if value is None:
        return _("not stated")
    match by:
        case "region":
            return _.region(value)
        case "country":
            return _.formats.country(value)
        case "content" if row["received"] is None:
            # Words that a handful of people used could tell who they are.
            return _("a question of a few people")
        case _:
            return _(_VALUES[value]) if value in _VALUES else str(value)


def _figures(words: Words, frame: Frame, row: Mapping[str, Any]) -> tuple[str, ...]:
    _ = words
    hidden = absence(_, frame, frame["region"], "received", row)
    unresolved = _("none resolved yet") if row["resolved"] is not None else hidden
    return tuple(
        number(_, row[name], unresolved, 1) if name in _DAYS else number(_, row[name], hidden)
        for name in FIGURES
    )
