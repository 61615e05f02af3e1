"""A publication on its way: draft, checked, approved by somebody else, out, and superseded."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.publication.checklist import ERROR, Note
from birge_aggregator.domain.publication.frozen import may_be_published
from birge_aggregator.domain.publication.words import (
    LANGUAGES,
    RECOMMENDATION_STATES,
    Recommendation,
    Texts,
)


class Refused(Exception):
    """What cannot be done now; `code` for programs, the text for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class State(StrEnum):
    """Where a publication is; it goes back to a draft only before it is out."""

    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


OPEN = (State.DRAFT, State.CHECKED, State.APPROVED)
OUT = (State.PUBLISHED, State.SUPERSEDED)


@dataclass(frozen=True)
class Act:
    """Who did it, by an opaque id, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Freeze:
    """What was frozen: how far the log was counted, and what a check of the figures noted.

    `token` names its answers: others are frozen under another one. `references` are the
    statements of reference data that were in force; `suppressed` counts the hidden figures.
    """

    token: str
    at: datetime
    counted_at: datetime
    positions: Mapping[str, Mapping[str, int]]
    notes: tuple[Note, ...]
    references: tuple[Mapping[str, Any], ...]
    suppressed: int


@dataclass(frozen=True)
class Publication:
    """An edition of a period. `freeze` is None until its figures are frozen, also anew.

    `writers` are all who wrote its words: none of them approves it. `returned` says why it came
    back to its writers.
    """

    period: str
    number: int
    begun: Act
    state: State = State.DRAFT
    change_note: Texts | None = None
    commentary: Mapping[str, Texts] = field(default_factory=dict)
    recommendations: tuple[Recommendation, ...] = ()
    freeze: Freeze | None = None
    writers: frozenset[str] = frozenset()
    checked: Act | None = None
    content_hash: str | None = None
    approved: Act | None = None
    publish_at: datetime | None = None
    returned: str | None = None

    @property
    def id(self) -> str:
        """`2022-edition-1`."""
        return f"{self.period}-edition-{self.number}"


@dataclass(frozen=True)
class WriteCommentary:
    """Words about a region, or the country; None takes them away."""

    region: str
    texts: Texts | None


@dataclass(frozen=True)
class SetRecommendations:
    """The table of what earlier reports recommended."""

    recommendations: tuple[Recommendation, ...]


@dataclass(frozen=True)
class ChangeRecommendation:
    """One of them: put another in its place, add one (`before` is None), or take one away."""

    before: Recommendation | None
    after: Recommendation | None


@dataclass(frozen=True)
class SetChangeNote:
    """What changed since the edition before; an amendment has to say it."""

    texts: Texts


@dataclass(frozen=True)
class FreezeAnew:
    """Take the figures of now instead of those frozen before."""


@dataclass(frozen=True)
class Check:
    """Say that it can be approved: nobody writes any more. `content_hash` is of all it holds."""

    content_hash: str


@dataclass(frozen=True)
class SendBack:
    """Back to its writers, with the reason."""

    reason: str


@dataclass(frozen=True)
class Approve:
    """Let it out at this moment; None is as soon as its files are made."""

    publish_at: datetime | None = None


@dataclass(frozen=True)
class Withdraw:
    """Give a draft up; its number is not used again."""

    reason: str


Write = WriteCommentary | SetRecommendations | ChangeRecommendation | SetChangeNote
Command = Write | FreezeAnew | Check | SendBack | Approve | Withdraw


def begun(period: str, earlier: tuple[Publication, ...], act: Act) -> Publication:
    """A new draft of the period; recommendations are carried on. Raises Refused."""
    window = window_from(period)
    if window is None or not may_be_published(window):
        raise Refused("period", "Publications are of a half-year like 2022-H1 or a year like 2022.")
    if act.at.year * 12 + act.at.month - 1 <= window.last_month:
        raise Refused("not_over", f"{period} is not over; begin its publication afterwards.")
    if open_ := [one for one in earlier if one.state in OPEN]:
        raise Refused("draft_open", f"{open_[0].id} is being written; finish or withdraw it first.")
    number = 1 + max((one.number for one in earlier), default=0)
    last = max(
        (one for one in earlier if one.state in OUT), key=lambda one: one.number, default=None
    )
    kept = () if last is None else last.recommendations
    return Publication(period, number, act, recommendations=kept)


def after(publication: Publication, command: Command, act: Act, *, is_first: bool) -> Publication:
    """The publication after a person's command. Raises Refused.

    `is_first` tells that no edition of the period is out, so that nothing is amended.
    """
    match command:
        case WriteCommentary() | SetRecommendations() | ChangeRecommendation() | SetChangeNote():
            _need(publication, State.DRAFT)
            written = _written(publication, command)
            return replace(written, writers=publication.writers | {act.by})
        case FreezeAnew():
            _need(publication, State.DRAFT)
            return replace(publication, freeze=None)
        case Check(content_hash):
            _need(publication, State.DRAFT)
            _refuse_unready(publication, is_first=is_first)
            return replace(
                publication,
                state=State.CHECKED,
                checked=act,
                content_hash=content_hash,
                returned=None,
            )
        case SendBack(reason):
            _need(publication, State.CHECKED, State.APPROVED)
            return replace(
                publication,
                state=State.DRAFT,
                checked=None,
                content_hash=None,
                approved=None,
                publish_at=None,
                returned=_reason(reason),
            )
        case Approve(publish_at):
            return _approved(publication, publish_at, act)
        case Withdraw(reason):
            _need(publication, *OPEN)
            return replace(publication, state=State.WITHDRAWN, returned=_reason(reason))


def frozen(publication: Publication, freeze: Freeze) -> Publication:
    """The draft with its figures. Raises Refused where it is no draft any more."""
    _need(publication, State.DRAFT)
    return replace(publication, freeze=freeze)


def issued(publication: Publication, now: datetime) -> Publication:
    """Out, at its moment and not before. Raises Refused."""
    _need(publication, State.APPROVED)
    assert publication.publish_at is not None, "what is approved has its moment"
    if now < publication.publish_at:
        raise Refused("too_early", "Its moment has not come.")
    return replace(publication, state=State.PUBLISHED)


def superseded(publication: Publication) -> Publication:
    """Out, but an amendment has taken its place. Raises Refused."""
    _need(publication, State.PUBLISHED)
    return replace(publication, state=State.SUPERSEDED)


def own_notes(publication: Publication, *, is_first: bool) -> list[Note]:
    """What is to be said of its words, beside what was noted of its figures."""
    notes = []
    if not is_first and publication.change_note is None:
        notes.append(Note(ERROR, "no_change_note"))
    for region, texts in sorted(publication.commentary.items()):
        notes += [
            Note(ERROR, "language_missing", region=region, what=language)
            for language in LANGUAGES
            if not texts.get(language, "").strip()
        ]
    return notes


def _refuse_unready(publication: Publication, *, is_first: bool) -> None:
    if publication.freeze is None:
        raise Refused("not_frozen", "Its figures are still being frozen; wait until they are.")
    notes = [*publication.freeze.notes, *own_notes(publication, is_first=is_first)]
    errors = [one for one in notes if one.importance == ERROR]
    if errors:
        raise Refused("errors", f"{len(errors)} errors of the checklist block it; mend them first.")


def _written(publication: Publication, command: Write) -> Publication:
    match command:
        case WriteCommentary(region, None):
            kept = {code: said for code, said in publication.commentary.items() if code != region}
            return replace(publication, commentary=kept)
        case WriteCommentary(region, texts) if texts is not None:
            said = {**publication.commentary, region: _three(texts)}
            return replace(publication, commentary=dict(sorted(said.items())))
        case SetRecommendations(recommendations):
            return replace(publication, recommendations=tuple(map(_whole, recommendations)))
        case ChangeRecommendation(old, new):
            table = _with(publication.recommendations, old, new)
            return replace(publication, recommendations=tuple(map(_whole, table)))
        case SetChangeNote(texts):
            return replace(publication, change_note=_three(texts, complete=True))
    raise AssertionError(command)


def _with(
    table: tuple[Recommendation, ...], old: Recommendation | None, new: Recommendation | None
) -> list[Recommendation]:
    rows = list(table)
    added = [] if new is None else [new]
    if old is None:
        return [*rows, *added]
    if old not in rows:
        raise Refused("state", "Somebody changed this recommendation meanwhile; look at it anew.")
    at = rows.index(old)
    return [*rows[:at], *added, *rows[at + 1 :]]


def _whole(one: Recommendation) -> Recommendation:
    _three(one.text, complete=True)
    if not one.since.strip():
        raise Refused("no_report", "Say which report recommended it, such as 2021.")
    if one.state not in RECOMMENDATION_STATES:
        raise Refused("unknown_state", f"state is one of {', '.join(RECOMMENDATION_STATES)}.")
    return one


def _approved(publication: Publication, publish_at: datetime | None, act: Act) -> Publication:
    _need(publication, State.CHECKED)
    assert publication.checked is not None, "what is checked was checked by somebody"
    if act.by in publication.writers | {publication.checked.by}:
        raise Refused("four_eyes", "Who wrote or checked it cannot approve it: ask somebody else.")
    moment = publish_at or act.at
    if moment < act.at:
        raise Refused("past", "That moment is over: choose a later one, or now.")
    return replace(publication, state=State.APPROVED, approved=act, publish_at=moment)


def _three(texts: Texts, *, complete: bool = False) -> Texts:
    if set(texts) != set(LANGUAGES):
        raise Refused("languages", "Give the text in kk, ru and en.")
    if complete and not all(text.strip() for text in texts.values()):
        raise Refused("languages", "Give the text in kk, ru and en.")
    return texts


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused("no_reason", "Say why: it stays with the publication.")
    return text.strip()


def _need(publication: Publication, *states: State) -> None:
    if publication.state not in states:
        detail = f"It is {publication.state}; this is for what is {' or '.join(states)}."
        raise Refused("state", detail)
