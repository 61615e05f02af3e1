"""What people asked the information centre, and how fast they were answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.territory import COUNTRY
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
CHANNELS = {
    "phone": N_("phone"),
    "e-mail": N_("e-mail"),
    "site": N_("website"),
    "messenger": N_("messenger"),
}
"""Those that a language has words for; names of services are the same in all."""
GENDERS = {"men": N_("men"), "women": N_("women")}
ABOUT = {"true": N_("about volunteering"), "false": N_("about something else")}


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
        "related": None if total is None else number(_, total["related"], _why(_, frame)),
        "parts_of_all": [Part(title, _groups(_, frame, by, name)) for by, title, name in _sides(_)],
        **await beside(reader, visit, key),
    }


def _sides(_: Words) -> list[tuple[str, str, Callable[[str], str]]]:
    return [
        ("related", _("What about"), lambda value: _(ABOUT[value])),
        ("channel", _("How they asked"), lambda value: _said(_, CHANNELS, value)),
        ("gender", _("Who asked"), lambda value: _said(_, GENDERS, value)),
        ("region", _("From which region"), _.region),
        ("country", _("From which country abroad"), _.formats.country),
        ("content", _("What they asked, as it was written down"), str),
    ]


def _said(words: Words, known: Mapping[str, str], value: str) -> str:
    return words(known[value]) if value in known else value


def _groups(words: Words, frame: Frame, by: str, name: Callable[[str], str]) -> tuple[Group, ...]:
    groups = [
        (row["value"] is None, _name(words, row, name), _figures(words, frame, row))
        for row in frame["rows"]
        if row["by"] == by
    ]
    ordered = sorted(groups, key=lambda group: (group[0], in_order(group[1])))
    return tuple(Group(title, figures) for _is_unknown, title, figures in ordered)


def _name(words: Words, row: Mapping[str, Any], name: Callable[[str], str]) -> str:
    _ = words
    if row["value"] is None:
        return _("not stated")
    if row["by"] == "content" and row["received"] is None:
        # Words that a handful of people used could tell who they are.
        return _("a question of fewer than 5 people")
    return name(row["value"])


def _figures(words: Words, frame: Frame, row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        _days(words, frame, row[name])
        if name in _DAYS
        else number(words, row[name], _why(words, frame))
        for name in FIGURES
    )


def _days(words: Words, frame: Frame, days: float | None) -> str:
    _ = words
    if days is None:
        return (
            absence(words, frame, COUNTRY, "median_days")
            if frame["missing"]
            else _("none resolved yet")
        )
    return number(words, days, "", 1)


def _why(words: Words, frame: Frame) -> str:
    return absence(words, frame, COUNTRY, "received")
