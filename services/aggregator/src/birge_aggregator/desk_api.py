"""What editors and approvers do with publications, over HTTP; the pages come to the same desk."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from birge_aggregator.desk import Desk
from birge_aggregator.domain.publication.checklist import Note
from birge_aggregator.domain.publication.publication import (
    Approve,
    FreezeAnew,
    Publication,
    Refused,
    SendBack,
    SetChangeNote,
    SetRecommendations,
    State,
    Withdraw,
    WriteCommentary,
    own_notes,
)
from birge_aggregator.domain.publication.words import Recommendation
from birge_aggregator.publications import Kept, Progress, Stale
from birge_common.access.people import Person
from birge_common.access.requirements import signed_in
from birge_common.access.rights import install_rights
from birge_common.web.problems import Problem, problem_responses

SignedIn = Annotated[Person, Depends(signed_in())]
_TEXT_MAX = 20_000
Text = Annotated[str, Field(max_length=_TEXT_MAX)]
_UNPROCESSABLE = frozenset(
    {
        "languages",
        "no_reason",
        "not_over",
        "no_report",
        "past",
        "period",
        "unknown_region",
        "unknown_state",
    }
)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ThreeTexts(_Body):
    """The same text in Kazakh, Russian and English."""

    kk: Text
    ru: Text
    en: Text

    def texts(self) -> dict[str, str]:
        """By language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}


class NewPublication(_Body):
    """What a new draft is about."""

    period: str = Field(max_length=16, description="2022-H1 or 2022")


class RecommendationBody(_Body):
    """A recommendation of an earlier report, and what became of it."""

    since: str = Field(max_length=16)
    text: ThreeTexts
    state: str = Field(max_length=16, description="done, partly, not_done or unknown")
    note: ThreeTexts | None = None


class Recommendations(_Body):
    """The whole table."""

    recommendations: tuple[RecommendationBody, ...] = Field(max_length=200)


class Reason(_Body):
    """Why; it stays with the publication."""

    reason: Text


class Moment(_Body):
    """When it comes out; without it as soon as its files are made."""

    publish_at: datetime | None = None


class PublicationAnswer(BaseModel):
    """A publication as its makers see it."""

    id: str
    period: str
    number: int
    state: State
    is_frozen: bool
    counted_at: datetime | None
    suppressed: int | None = Field(description="Figures hidden for disclosure")
    notes: list[Note] = Field(description="Errors block it, warnings inform")
    change_note: dict[str, str] | None
    commentary: dict[str, dict[str, str]]
    recommendations: list[Recommendation]
    content_hash: str | None
    publish_at: datetime | None
    returned: str | None
    progress: Progress | None
    files: list[str]


def desk_router(desk: Desk) -> APIRouter:
    """`/v1/desk/publications`."""
    router = APIRouter(
        prefix="/v1/desk/publications",
        tags=["desk"],
        responses=problem_responses(400, 401, 403, 404, 409, 413, 422, 431, 503),
    )

    async def said(person: Person, publication: Publication) -> PublicationAnswer:
        kept = await desk.read_one(person, publication.id)
        return await answer_of(desk, kept)

    @router.get("")
    async def listed(person: SignedIn) -> list[PublicationAnswer]:
        """Every publication, drafts too, the latest first."""
        return [await answer_of(desk, kept) for kept in await desk.read(person)]

    @router.post("", status_code=201)
    async def begin(body: NewPublication, person: SignedIn) -> PublicationAnswer:
        """A new draft; its figures are frozen next."""
        return await said(person, await desk.begin(person, body.period))

    @router.get("/{publication}")
    async def one(publication: str, person: SignedIn) -> PublicationAnswer:
        """With its checklist, and how far the work on it is."""
        return await answer_of(desk, await desk.read_one(person, publication))

    @router.put("/{publication}/commentary/{region}")
    async def write(
        publication: str, region: str, body: ThreeTexts, person: SignedIn
    ) -> PublicationAnswer:
        """Words about a region, or about the country."""
        command = WriteCommentary(region, body.texts())
        return await said(person, await desk.does(person, publication, command))

    @router.delete("/{publication}/commentary/{region}")
    async def unwrite(publication: str, region: str, person: SignedIn) -> PublicationAnswer:
        """Take the words about a region away."""
        command = WriteCommentary(region, None)
        return await said(person, await desk.does(person, publication, command))

    @router.put("/{publication}/recommendations")
    async def recommend(
        publication: str, body: Recommendations, person: SignedIn
    ) -> PublicationAnswer:
        """What earlier reports recommended, and what became of it."""
        command = SetRecommendations(tuple(_recommendation(one) for one in body.recommendations))
        return await said(person, await desk.does(person, publication, command))

    @router.put("/{publication}/change-note")
    async def note(publication: str, body: ThreeTexts, person: SignedIn) -> PublicationAnswer:
        """What an amendment changes."""
        command = SetChangeNote(body.texts())
        return await said(person, await desk.does(person, publication, command))

    @router.post("/{publication}/freeze")
    async def freeze(publication: str, person: SignedIn) -> PublicationAnswer:
        """Take the figures of now instead of those frozen before."""
        return await said(person, await desk.does(person, publication, FreezeAnew()))

    @router.post("/{publication}/check")
    async def check(publication: str, person: SignedIn) -> PublicationAnswer:
        """Say that it can be approved: nobody writes any more."""
        return await said(person, await desk.check(person, publication))

    @router.post("/{publication}/return")
    async def send_back(publication: str, body: Reason, person: SignedIn) -> PublicationAnswer:
        """Back to its writers, with the reason."""
        return await said(person, await desk.does(person, publication, SendBack(body.reason)))

    @router.post("/{publication}/approve")
    async def approve(publication: str, body: Moment, person: SignedIn) -> PublicationAnswer:
        """Let it out; whoever wrote or checked it cannot."""
        if body.publish_at is not None and body.publish_at.tzinfo is None:
            raise Problem(422, "time_zone", "publish_at needs a zone: 2023-02-01T09:00:00+05:00.")
        command = Approve(body.publish_at)
        return await said(person, await desk.does(person, publication, command))

    @router.post("/{publication}/withdraw")
    async def withdraw(publication: str, body: Reason, person: SignedIn) -> PublicationAnswer:
        """Give a draft up; its number is not used again."""
        return await said(person, await desk.does(person, publication, Withdraw(body.reason)))

    return router


async def answer_of(desk: Desk, kept: Kept) -> PublicationAnswer:
    """A publication with its whole checklist."""
    publication, freeze = kept.publication, kept.publication.freeze
    first = await desk.publications.is_first(publication)
    notes = [*(freeze.notes if freeze else ()), *own_notes(publication, is_first=first)]
    return PublicationAnswer(
        id=publication.id,
        period=publication.period,
        number=publication.number,
        state=publication.state,
        is_frozen=freeze is not None,
        counted_at=freeze.counted_at if freeze else None,
        suppressed=freeze.suppressed if freeze else None,
        notes=notes,
        change_note=_plain(publication.change_note),
        commentary={region: dict(texts) for region, texts in publication.commentary.items()},
        recommendations=list(publication.recommendations),
        content_hash=publication.content_hash,
        publish_at=publication.publish_at,
        returned=publication.returned,
        progress=kept.progress,
        files=list(kept.files),
    )


def _plain(texts: Any) -> dict[str, str] | None:
    return None if texts is None else dict(texts)


def _recommendation(body: RecommendationBody) -> Recommendation:
    note = None if body.note is None else body.note.texts()
    return Recommendation(body.since, body.text.texts(), body.state, note)


def install_refusals(app: FastAPI) -> None:
    """Answer what the desk raises as problems, or as pages where people ask."""
    install_rights(app)

    async def answer(request: Request, problem: Problem) -> Response:
        on_problem: Any = app.exception_handlers[Problem]
        answered: Response = await on_problem(request, problem)
        return answered

    @app.exception_handler(Refused)
    async def on_refused(request: Request, refused: Refused) -> Response:
        return await answer(request, Problem(status_of(refused), refused.code, str(refused)))

    @app.exception_handler(Stale)
    async def on_stale(request: Request, _: Stale) -> Response:
        detail = "Somebody else changed this meanwhile; look at it anew and decide again."
        return await answer(request, Problem(409, "stale", detail))


def status_of(refused: Refused) -> int:
    """403 for who, 404 for what is not there, 422 for what is said; else the state forbids it."""
    if refused.code == "no_publication":
        return 404
    if refused.code == "four_eyes":
        return 403
    return 422 if refused.code in _UNPROCESSABLE else 409
