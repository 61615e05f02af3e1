"""Turns what pydantic found into refusals that tell the next step and never show the input."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from birge_ingest.domain.refusal import Refusal, pointer_to

REFUSALS_MAX = 50

# Raised by the contracts themselves: the kind is our code, and the message our words.
_OURS = frozenset(
    {
        "required",
        "unknown_field",
        "type",
        "range",
        "unknown_code",
        "pii_not_allowed",
        "unsupported_media_type",
    }
)
# Pydantic's kinds whose messages are made of the contract's limits and codes alone. The messages
# of others can hold a piece of the input and are never passed on.
_OF_LIMITS = {
    "literal_error": "unknown_code",
    "string_too_short": "range",
    "string_too_long": "range",
    "too_short": "range",
    "too_long": "range",
    "greater_than": "range",
    "greater_than_equal": "range",
    "less_than": "range",
    "less_than_equal": "range",
    "decimal_max_places": "range",
}
_CODES = {
    "missing": "required",
    "extra_forbidden": "unknown_field",
    "finite_number": "range",
    "decimal_max_digits": "range",
    "int_parsing_size": "range",
}
_DETAILS = {
    "missing": "This field is required; send it.",
    "bool_type": "Send true or false.",
    "int_type": "Send a whole number without a decimal point or quotes.",
    "float_type": "Send a number without quotes.",
    "string_type": "Send a text in quotes.",
    "model_type": "Send an object.",
    "dict_type": "Send an object.",
    "tuple_type": "Send an array.",
    "string_pattern_mismatch": "This text has another form than the contract allows; see /docs.",
}
# What pydantic says of a null: another type, or none of the codes.
_OF_A_NULL = frozenset({"type", "unknown_code"})
_NULL = "This field is required and must not be null; send its value."
_DETAILS_OF_FIELDS = {
    "period": "Write a month as 2022-03, a half-year as 2022-H1, or a year as 2022.",
    "held_on": "Write a day of the calendar as 2022-03-12.",
    "received_on": "Write a day of the calendar as 2022-03-12.",
    "resolved_on": "Write a day of the calendar as 2022-03-12.",
    "time": "Write an instant with its zone as 2022-03-12T10:00:00+05:00.",
    "source": "Write the URI of your system, as it was registered with the key.",
    "data_base64": "Send data as JSON in `data`; data_base64 is not taken.",
}


def refusals_from(error: ValidationError, event: Any, model: type[BaseModel]) -> list[Refusal]:
    """The refusals in the order of the contract, as many as help; `event` is what was checked."""
    found = error.errors(include_url=False, include_input=False)
    return [_refusal_from(item, event, model) for item in found[:REFUSALS_MAX]]


def _refusal_from(item: ErrorDetails, event: Any, model: type[BaseModel]) -> Refusal:
    kind, place = item["type"], _place(item["loc"], event)
    code = kind if kind in _OURS else _OF_LIMITS.get(kind) or _CODES.get(kind, "type")
    if code in _OF_A_NULL and _is_null(place, event):
        return Refusal("required", pointer_to(place), _NULL)
    return Refusal(code, pointer_to(place), _detail(item, place, model))


def _detail(item: ErrorDetails, place: list[str | int], model: type[BaseModel]) -> str:
    kind = item["type"]
    field = str(place[-1]) if place else ""
    if field in _DETAILS_OF_FIELDS and kind != "missing" and kind not in _OF_LIMITS:
        return _DETAILS_OF_FIELDS[field]
    if kind == "extra_forbidden":
        return _no_such_field(place[:-1], model)
    if kind in _OURS or kind in _OF_LIMITS:
        message = item["msg"].rstrip(".")
        return f"{message[:1].upper()}{message[1:]}."
    return _DETAILS.get(kind, "This does not fit the contract; see /docs.")


def _place(location: tuple[str | int, ...], event: Any) -> list[str | int]:
    """The steps of the location that the event has; pydantic adds names of union members."""
    place: list[str | int] = []
    here = event
    for at, step in enumerate(location):
        if isinstance(here, Mapping) and step in here:
            here = here[str(step)]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        elif at < len(location) - 1 or not isinstance(here, Mapping):
            continue
        place.append(step)
    return place


def _is_null(place: list[str | int], event: Any) -> bool:
    """Whether the event has a null at the place; where it may have one, nothing is wrong with it.

    Pydantic's own word of the input is not asked: refusals of several fields together have none.
    """
    here = event
    for step in place:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return False
    return here is None


def _no_such_field(place: list[str | int], model: type[BaseModel]) -> str:
    """Names the fields that the contract has at the place."""
    for step in place:
        if isinstance(step, int):
            continue
        models = set(_models_in(model.model_fields[step].annotation))
        if len(models) != 1:
            return "The contract has no such field here; see /docs."
        model = models.pop()
    names = ", ".join(info.alias or name for name, info in model.model_fields.items())
    return f"The contract has no such field here; it has {names}."


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
