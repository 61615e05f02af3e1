"""What earlier reports recommended and what became of it: one page for each, by plain forms."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from json import dumps

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_aggregator.domain.publication.publication import (
    ChangeRecommendation,
    Publication,
    Refused,
    SetRecommendations,
    State,
)
from birge_aggregator.domain.publication.words import (
    LANGUAGES,
    RECOMMENDATION_STATES,
    Recommendation,
)
from birge_aggregator.pages.desk.room import HOME, Reader, Room, address_of, leads_to, typed_in
from birge_aggregator.pages.site.names import RECOMMENDATION_STATES as STATE_NAMES
from birge_common.access.people import Person
from birge_common.web.pages.views import Option
from birge_common.web.pages.words import Words
from birge_common.web.problems import Problem

NEW = "new"
_FIELD_OF = {"languages": "text_kk", "no_report": "since", "unknown_state": "state"}


def recommendation_pages(room: Room) -> APIRouter:
    """`…/recommendations`, and `…/recommendations/{row}` for each row and for `new`."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    path = f"{HOME}/{{publication}}/recommendations"

    @router.get(path)
    async def several(request: Request, publication: str, person: Reader) -> Response:
        kept, words = await room.desk.read_one(person, publication), room.words(request)
        return room.show(
            request,
            "desk/recommendations.html",
            rows=_rows(words, kept.publication.recommendations),
            publication=publication,
            address=f"{address_of(publication)}/recommendations",
            back=address_of(publication),
            may_write=_may_write(room, person, kept.publication),
        )

    def page(
        request: Request,
        publication: str,
        typed: Mapping[str, str],
        errors: Mapping[str, str],
        status: int,
    ) -> Response:
        words = room.words(request)
        return room.show(
            request,
            "desk/recommendation.html",
            status,
            publication=publication,
            typed=typed,
            errors=errors,
            states=[Option(state, words(STATE_NAMES[state])) for state in RECOMMENDATION_STATES],
            publication_address=address_of(publication),
            is_new=request.path_params["row"] == NEW,
            back=f"{address_of(publication)}/recommendations",
        )

    @router.get(f"{path}/{{row}}")
    async def one(request: Request, publication: str, row: str, person: Reader) -> Response:
        kept = await room.desk.read_one(person, publication)
        return page(request, publication, _typed_of(_named(kept.publication, row)), {}, 200)

    @router.post(f"{path}/{{row}}")
    async def change(request: Request, publication: str, row: str, person: Reader) -> Response:
        typed = await typed_in(request)
        kept = await room.desk.read_one(person, publication)
        before = _named(kept.publication, row)
        after = None if "remove" in typed else _recommendation_of(typed)
        try:
            await room.desk.does(person, publication, ChangeRecommendation(before, after))
        except Refused as refused:
            errors = {_FIELD_OF.get(refused.code, "since"): room.why(request, refused)}
            return page(request, publication, typed, errors, 409)
        return leads_to(f"{address_of(publication)}/recommendations")

    return router


def name_of(one: Recommendation) -> str:
    """A row's name in its address: made of what it says, so that a changed row has another."""
    said = dumps(asdict(one), sort_keys=True, ensure_ascii=False)
    return sha256(said.encode()).hexdigest()[:16]


def _named(publication: Publication, row: str) -> Recommendation | None:
    """The row of that name, None for a new one. Raises Problem where it is gone."""
    if row == NEW:
        return None
    found = next((one for one in publication.recommendations if name_of(one) == row), None)
    if found is None:
        raise Problem(
            404, "no_recommendation", "Somebody changed this meanwhile; look at the list anew."
        )
    return found


def _may_write(room: Room, person: Person, publication: Publication) -> bool:
    return publication.state == State.DRAFT and room.desk.may(person, SetRecommendations)


def _rows(words: Words, table: Sequence[Recommendation]) -> list[Mapping[str, str]]:
    return [
        {
            "name": name_of(one),
            "since": one.since,
            "text": words.title(one.text),
            "state": words(STATE_NAMES[one.state]),
        }
        for one in table
    ]


def _typed_of(one: Recommendation | None) -> dict[str, str]:
    if one is None:
        return {}
    texts = {f"text_{language}": one.text[language] for language in LANGUAGES}
    notes = {f"note_{language}": (one.note or {}).get(language, "") for language in LANGUAGES}
    return {"since": one.since, "state": one.state, **texts, **notes}


def _recommendation_of(typed: Mapping[str, str]) -> Recommendation:
    texts = {language: typed.get(f"text_{language}", "") for language in LANGUAGES}
    notes = {language: typed.get(f"note_{language}", "") for language in LANGUAGES}
    return Recommendation(
        typed.get("since", ""),
        texts,
        typed.get("state", ""),
        notes if any(notes.values()) else None,
    )
