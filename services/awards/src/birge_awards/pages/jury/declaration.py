"""A member's declaration as a form: a kind of conflict for each nominee, or none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from birge_awards.domain.jury.conflicts import Kind
from birge_awards.handlers.reading import Known
from birge_awards.pages.fields import Mistyped, Typed
from birge_awards.pages.shell import Words
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Option, Row

_FIELD = "conflict-"
NO_SUCH_KIND = N_("Choose one of the kinds of conflict, or none.")
KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.SAME_PERSON: N_("I am the nominee, or the nominator"),
        Kind.KINSHIP: N_("Family or household"),
        Kind.NOMINATOR: N_("I nominated or recommended the nominee"),
        Kind.ORGANISATION: N_("The same organisation, now or in the last three years"),
        Kind.AUTHORITY: N_("One of us is the other's superior"),
        Kind.CONTACT: N_("A shared telephone, e-mail or address"),
        Kind.GRANT: N_("A grant or a contract in common"),
        Kind.CO_EVENTS: N_("We often work at the same events"),
        Kind.RIVALRY: N_("A rivalry or a dispute"),
        Kind.OTHER: N_("Another reason"),
    }
)


@dataclass(frozen=True)
class Line:
    """A nominee in the form; `conflict` is empty where there is none."""

    field: str
    known: Known
    conflict: str


def conflicts_in(typed: Typed) -> dict[str, Kind]:
    """The conflicts of a form by alias. Raises Mistyped."""
    chosen = {name: value for name, value in typed.items() if name.startswith(_FIELD) and value}
    for name, value in chosen.items():
        if value not in KINDS:
            raise Mistyped(name, NO_SUCH_KIND)
    return {name.removeprefix(_FIELD): Kind(value) for name, value in chosen.items()}


def fields_of(conflicts: Mapping[str, Kind]) -> dict[str, str]:
    """The declaration as the fields that it came in."""
    return {f"{_FIELD}{alias}": kind.value for alias, kind in conflicts.items()}


def lines_of(several: Sequence[Known], typed: Typed) -> list[Line]:
    """Everybody who stands, by name, with what was chosen so far."""
    lines = [
        Line(f"{_FIELD}{one.alias}", one, typed.get(f"{_FIELD}{one.alias}", "")) for one in several
    ]
    return sorted(lines, key=lambda line: (line.known.name.casefold(), line.field))


def matching(lines: Sequence[Line], wanted: str) -> list[Line]:
    """The lines in which every word is found, in names and organisations."""
    words = wanted.casefold().split()
    return [line for line in lines if all(word in _said(line.known) for word in words)]


def kind_options(_: Words) -> list[Option]:
    """What can be chosen beside "no conflict"."""
    return [Option(kind.value, _(text)) for kind, text in KINDS.items()]


def rows_of(lines: Sequence[Line], _: Words) -> Iterator[Row]:
    """Whom the member will not judge, and why."""
    for line in lines:
        if line.conflict:
            yield Row(line.known.name, _(KINDS[Kind(line.conflict)]))


def _said(known: Known) -> str:
    parts = (known.name, known.organisation, known.nominator, known.nominator_organisation)
    return " ".join(part for part in parts if part).casefold()
