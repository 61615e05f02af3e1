"""What a region's office and its programme did: support, milestones, and what checks found."""

from dataclasses import dataclass

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.pages.site.findings_page import CHECKS, Found, found_in_words
from birge_aggregator.pages.site.names import MILESTONES, SUPPORT_CLASSES
from birge_aggregator.pages.site.telling import Telling
from birge_common.codelists import SUPPORT_KINDS
from birge_common.web.pages.words import Words

FINDINGS_SHOWN = 10
"""On the region's page; the page of findings has all of them."""


@dataclass(frozen=True)
class Support:
    """A kind of support: in how many months reports mention it, and how often that is."""

    name: str
    months: str
    often: str


@dataclass(frozen=True)
class Milestone:
    """A point of the regional programme; `state` is done, partly, open or unknown."""

    name: str
    state: str
    said: str


def support_of(words: Words, frame: Frame) -> list[Support]:
    """Each kind of support that reports mention; all kinds together first."""
    return [_support(Telling(words, frame, frame["region"], row)) for row in frame["rows"]]


def _support(one: Telling) -> Support:
    _, kind, often = one.words, one.value("support"), one.value("class")
    return Support(
        _.of(SUPPORT_KINDS[kind].names) if kind else _("Any support"),
        _(
            "%(done)s of %(required)s",
            done=one.number("months_mentioned"),
            required=one.number("months"),
        ),
        _(SUPPORT_CLASSES[often]) if often else one.why("class"),
    )


def milestones_of(words: Words, frame: Frame) -> list[Milestone]:
    """The programme's checklist; empty where the region stated nothing."""
    return [_milestone(Telling(words, frame, frame["region"], row)) for row in frame["rows"]]


def _milestone(one: Telling) -> Milestone:
    _, done, required, met = one.words, one.value("done"), one.value("required"), one.value("met")
    said = _("%(done)s of %(required)s", done=one.number("done"), required=one.number("required"))
    name = _(MILESTONES[one.value("milestone")])
    if met is None or done is None or required is None:
        return Milestone(name, "unknown", f"{said}: {one.why('met')}")
    if met:
        return Milestone(name, "done", said)
    return Milestone(name, "partly" if done else "open", said)


def findings_of(words: Words, frame: Frame) -> list[tuple[str, Found]]:
    """The first findings in the order of the answer, each with what was checked."""
    return [
        (words(CHECKS[row["check"]][0]), found_in_words(words, row))
        for row in frame["rows"][:FINDINGS_SHOWN]
    ]
