"""Nominations that may be of one nominee: proposed for a person to merge, never merged here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from birge_awards.domain.nominees.keys import key_of, name_key
from birge_awards.domain.nominees.nominee import Nominee


@dataclass(frozen=True)
class Group:
    """Nominations of one category that share something; `reasons` say what."""

    nominees: tuple[str, ...]
    reasons: tuple[str, ...]


def likely_duplicates(nominees: Sequence[Nominee]) -> list[Group]:
    """Groups of two and more, by what they share, over any chain of such pairs."""
    by_key: dict[tuple[str, str, str], list[str]] = {}
    for nominee in sorted(nominees, key=lambda one: one.id):
        for reason, value in _keys(nominee):
            by_key.setdefault((nominee.nomination, reason, value), []).append(nominee.id)
    root = {nominee.id: nominee.id for nominee in nominees}

    def root_of(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    reasons: list[tuple[str, str]] = []
    for (_, reason, _), names in by_key.items():
        for other in names[1:]:
            root[root_of(other)] = root_of(names[0])
            reasons.append((reason, other))
    members: dict[str, list[str]] = {}
    for nominee in nominees:
        members.setdefault(root_of(nominee.id), []).append(nominee.id)
    shared: dict[str, set[str]] = {}
    for reason, name in reasons:
        shared.setdefault(root_of(name), set()).add(reason)
    return sorted(
        (
            Group(tuple(sorted(several)), tuple(sorted(shared[top])))
            for top, several in members.items()
            if len(several) > 1
        ),
        key=lambda group: group.nominees,
    )


def _keys(nominee: Nominee) -> Iterator[tuple[str, str]]:
    if nominee.volunteer:
        yield "volunteer", nominee.volunteer
    if contact := key_of(nominee.contact):
        yield "contact", contact
    if nominee.birth_year is not None:
        yield "name_and_birth_year", f"{name_key(nominee.name)}|{nominee.birth_year}"
    elif nominee.organisation:
        yield "name_and_organisation", f"{name_key(nominee.name)}|{key_of(nominee.organisation)}"
