"""Fields of a form as a page draws them, and what was typed into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from fastapi import Request

from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.formats import ALMATY
from birge_common.web.pages.views import Option

Typed: TypeAlias = Mapping[str, str]
"""What was typed, by the names of fields; an empty text where nothing was."""

NEEDED = N_("Fill this in.")
NO_NUMBER = N_("Give a whole number from 1 to 999.")
NO_MOMENT = N_("Give a day and a time, such as 31.12.2027, 18:00.")


class Mistyped(Exception):
    """A field that cannot be taken as it is: its name, and what to do, to be translated."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field, self.text = field, text


@dataclass(frozen=True)
class Field:
    """One field; texts are in the reader's language already."""

    name: str
    label: str
    kind: Literal["text", "textarea", "select", "moment", "hidden"] = "text"
    hint: str = ""
    value: str = ""
    options: Sequence[Option] = ()


async def typed_in(request: Request) -> Typed:
    """The texts of a form, without the spaces around them; files are no part of it."""
    form = await request.form()
    return {name: value.strip() for name, value in form.items() if isinstance(value, str)}


def text_of(typed: Typed, field: str) -> str:
    """A text that has to be there. Raises Mistyped."""
    if not typed.get(field):
        raise Mistyped(field, NEEDED)
    return typed[field]


def number_of(typed: Typed, field: str) -> int:
    """A whole number from 1 on. Raises Mistyped."""
    text = text_of(typed, field)
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) > 0):
        raise Mistyped(field, NO_NUMBER)
    return int(text)


def moment_of(typed: Typed, field: str) -> datetime:
    """A moment in Kazakhstan's time, as the browser's own field writes it. Raises Mistyped."""
    try:
        at = datetime.fromisoformat(text_of(typed, field))
    except ValueError as error:
        raise Mistyped(field, NO_MOMENT) from error
    return at.replace(tzinfo=ALMATY) if at.tzinfo is None else at
