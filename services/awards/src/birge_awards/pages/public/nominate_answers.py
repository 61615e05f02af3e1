"""Answers to the public form: what is wrong with them, and the nomination that they make."""

import re
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from birge_awards.domain.nominees.keys import key_of, name_key
from birge_awards.handlers.evidence import KIND
from birge_awards.handlers.form_submissions import FILES
from birge_awards.pages.fields import NEEDED, Typed
from birge_awards.pages.public.nominate_steps import Asking, Question, Step, steps_of
from birge_common.contracts.nomination import NominationSubmittedV1
from birge_common.contracts.personal import holds_iin
from birge_common.contracts.primitives import FreeText, Link, ShortText
from birge_common.web.pages.catalogues import N_

CHOOSE = N_("Choose one of these.")
AGREE = N_("Without this consent nobody can be nominated.")
NO_IIN = N_("Leave out the identification number (IIN).")
TOO_LONG = N_("This is too long.")
UNPRINTABLE = N_("There are signs in this that cannot be printed.")
NO_EMAIL = N_("Give an e-mail address, such as name@example.kz.")
NO_YEAR = N_("Give the year of birth in four digits, such as 1990.")
NO_LINKS = N_("Give at most ten links, one a line, each beginning with https:// or http://.")
YOURSELF = N_("Somebody else must nominate: nominator and nominee are the same.")
LINKS_MAX = 10
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_BORN_FIRST = 1900
_short: TypeAdapter[str] = TypeAdapter(ShortText)
_free: TypeAdapter[str] = TypeAdapter(FreeText)
_link: TypeAdapter[str] = TypeAdapter(Link)


def answers(step: Step, asking: Asking, sent: Typed) -> dict[str, str]:
    """What the page was answered; anything else that was sent along is left out."""
    found = {one.name: sent.get(one.name, "") for one in step.questions(asking)}
    return {name: value.replace("\r\n", "\n") for name, value in found.items()}


def errors_of(step: Step, asking: Asking, now: datetime) -> dict[str, str]:
    """What to do about each answer of a page that cannot be taken, by field, in English."""
    found = {}
    for one in step.questions(asking):
        error = _error_of(one, asking.typed.get(one.name, ""), now.year)
        if error:
            found[one.name] = error
    is_person = step.name == "nominee" and asking.typed.get("kind") == "person"
    if is_person and not asking.typed.get("birth_year"):
        found["birth_year"] = NO_YEAR
    if step.name == "nominator" and not found and _is_oneself(asking.typed):
        found["nominator_name"] = YOURSELF
    return found


def next_step(asking: Asking, now: datetime) -> Step | None:
    """The first page that was not answered, or not rightly; None where all are."""
    for one in steps_of(asking):
        if f"done.{one.name}" not in asking.typed or errors_of(one, asking, now):
            return one
    return None


def nomination_from(asking: Asking) -> NominationSubmittedV1:
    """The nomination as a partner would send it; every page was answered rightly."""
    typed, award = asking.typed, asking.award
    assert award is not None, "the first page is among those that were answered"
    cycle, category = award
    is_domestic = category.track == "domestic"
    said = {
        "nomination_id": typed["nomination_id"],
        "version": 1,
        "cycle": cycle.id,
        "track": category.track,
        "region": typed["region"] if is_domestic else None,
        "country": None if is_domestic else typed["country"],
        "nomination": category.code,
        "nominee": {
            "kind": typed["kind"],
            "name": typed["nominee_name"],
            "birth_year": int(typed["birth_year"]) if typed["kind"] == "person" else None,
            "contact": _contact(asking),
            "organisation": typed["nominee_organisation"] or None,
        },
        "nominator": {
            "name": typed["nominator_name"],
            "contact": typed["nominator_email"],
            "organisation": typed["nominator_organisation"] or None,
            "relation": typed["relation"],
        },
        "citation": typed["citation"],
        "evidence": [
            *({"kind": "link", "url": one} for one in typed["links"].split()),
            *({"kind": KIND, "url": one} for one in typed.get(FILES, "").split()),
        ],
        "confirmations": [
            {"organisation": typed[name]}
            for name in ("organisation_1", "organisation_2")
            if typed[name]
        ],
        "consents": {
            "processing": True,
            "publication": typed["publication"] == "yes",
            "guardian": True if asking.is_minor else None,
        },
    }
    return NominationSubmittedV1.model_validate(said, strict=False)


def _contact(asking: Asking) -> str:
    typed = asking.typed
    if not asking.is_minor:
        return typed["nominee_contact"]
    # Whoever writes to a minor finds the guardian there.
    return f"{typed['nominee_contact']}; {typed['guardian_name']}: {typed['guardian_contact']}"


def _is_oneself(typed: Typed) -> bool:
    return name_key(typed["nominator_name"]) == name_key(typed.get("nominee_name", "")) or key_of(
        typed["nominator_email"]
    ) == key_of(typed.get("nominee_contact", ""))


def _error_of(question: Question, value: str, year: int) -> str | None:
    if not value:
        if not question.is_required:
            return None
        return AGREE if question.kind == "consent" else NEEDED
    if holds_iin(value):
        return NO_IIN
    if len(value) > question.longest:
        return TOO_LONG
    match question.kind:
        case "select" | "radios":
            return None if value in [one.value for one in question.options] else CHOOSE
        case "consent":
            return None if value == "yes" else AGREE
        case "email":
            return None if _EMAIL.fullmatch(value) else NO_EMAIL
        case "year":
            is_year = re.fullmatch("[0-9]{4}", value) and _BORN_FIRST <= int(value) <= year
            return None if is_year else NO_YEAR
        case "links":
            links = value.split()
            return None if len(links) <= LINKS_MAX and all(map(_is_link, links)) else NO_LINKS
        case "long":
            return None if _is_valid(_free, value) else UNPRINTABLE
        case _:
            return None if _is_valid(_short, value) else UNPRINTABLE


def _is_link(text: str) -> bool:
    return _is_valid(_link, text)


def _is_valid(adapter: TypeAdapter[str], text: str) -> bool:
    try:
        adapter.validate_python(text)
    except ValidationError:
        return False
    return True
