"""The record as the blocks of a page in one language: every word and figure ready to be drawn."""

from collections.abc import Iterator, Sequence
from typing import Any

from birge_awards.minutes import formats
from birge_awards.minutes.blocks import (
    CENTRE,
    LEFT,
    RIGHT,
    Block,
    facts,
    heading,
    paragraph,
    table,
)
from birge_awards.minutes.nomination_blocks import nomination_blocks
from birge_awards.minutes.record import (
    INTERNATIONAL,
    NATIONAL,
    MinutesRecord,
    Signature,
    record_hash,
)
from birge_awards.minutes.texts import say
from birge_common.regions import REGIONS


def view_of(
    record: MinutesRecord, language: str, signatures: Sequence[Signature]
) -> dict[str, Any]:
    """All that the template needs, as JSON; parts with nothing to say are not there."""
    panel = _panel(record.panel, language)
    digest = record_hash(record)
    numbered = say("numbered", language, number=record.number)
    return {
        "language": language,
        "document_title": f"{numbered}: {panel}, {record.award.in_language(language)}",
        "title": say("title", language),
        "number": f"№{formats.NO_BREAK_SPACE}{record.number}",
        "of_sitting": say("of_sitting", language),
        "panel": panel,
        "award": record.award.in_language(language),
        "place": record.place.in_language(language),
        "day": formats.day(record.closed_at.astimezone(formats.ALMATY).date(), language),
        "numbered": numbered,
        "record": say("record", language),
        "hash": digest,
        "page": say("page", language, page="{page}", pages="{pages}"),
        "blocks": list(_blocks(record, language, signatures)),
    }


def _panel(panel: str, language: str) -> str:
    if panel in (NATIONAL, INTERNATIONAL):
        return say(f"panel.{panel}", language)
    names = REGIONS[panel].names
    return {"kk": names.kk, "ru": names.ru, "en": names.en}[language]


def _blocks(
    record: MinutesRecord, language: str, signatures: Sequence[Signature]
) -> Iterator[Block]:
    yield from _sitting(record, language)
    yield from _members(record, language)
    yield from _quorum(record, language)
    yield from _conflicts(record, language)
    names = record.names()
    for nomination in record.nominations:
        yield from nomination_blocks(nomination, names, language)
    yield from _appeal(record, language)
    yield from _log(record, language)
    yield from _signatures(record, language, signatures)


def _sitting(record: MinutesRecord, language: str) -> Iterator[Block]:
    zone = say("almaty", language)
    version = say("policy_version", language, version=record.policy.version)
    yield heading(say("sitting", language), 1)
    yield facts(
        [
            (say("award", language), record.award.in_language(language)),
            (say("cycle", language), record.cycle),
            (say("panel", language), _panel(record.panel, language)),
            (say("place", language), record.place.in_language(language)),
            (
                say("opened_at", language),
                f"{formats.instant(record.opened_at, language)} ({zone})",
            ),
            (
                say("closed_at", language),
                f"{formats.instant(record.closed_at, language)} ({zone})",
            ),
            (say("policy", language), version),
            (say("ranks_by", language), say(record.policy.ranks_by, language)),
            (say("policy_hash", language), record.policy.hash),
        ]
    )
    if record.plan is not None:
        yield facts(
            [
                (say("plan_hash", language), record.plan.hash),
                (say("plan_seed", language), record.plan.seed),
            ]
        )


def _members(record: MinutesRecord, language: str) -> Iterator[Block]:
    columns = [
        (say("number", language), 0.7, RIGHT),
        (say("name", language), 5, LEFT),
        (say("role", language), 2, LEFT),
        (say("presence", language), 2.2, LEFT),
        (say("recused", language), 2.6, CENTRE),
    ]
    rows = [
        [
            str(number),
            one.name,
            say(f"role.{one.role}", language),
            say("present" if one.present else "absent", language),
            formats.whole(one.recused, language),
        ]
        for number, one in enumerate(record.members, 1)
    ]
    yield heading(say("members", language), 1)
    yield table(columns, rows, say("members", language))


def _quorum(record: MinutesRecord, language: str) -> Iterator[Block]:
    quorum = record.quorum
    yield heading(say("quorum", language), 1)
    yield facts(
        [
            (say("quorum.present", language), formats.whole(quorum.present, language)),
            (say("quorum.unconflicted", language), formats.whole(quorum.unconflicted, language)),
            (say("quorum.needed", language), formats.whole(quorum.needed, language)),
        ]
    )
    yield paragraph(say("quorum.met" if quorum.is_met else "quorum.not_met", language), strong=True)


def _conflicts(record: MinutesRecord, language: str) -> Iterator[Block]:
    if not record.conflicts and not record.recusals:
        return
    yield heading(say("conflicts", language), 1)
    if record.conflicts:
        columns = [
            (say("kind", language), 5, LEFT),
            (say("declared", language), 2, CENTRE),
            (say("computed", language), 3, CENTRE),
        ]
        rows = [
            [
                say(f"kind.{one.kind}", language),
                formats.whole(one.declared, language),
                formats.whole(one.computed, language),
            ]
            for one in record.conflicts
        ]
        yield table(columns, rows, say("conflicts", language))
        yield paragraph(say("conflicts.note", language))
    yield facts([(say("recusals", language), formats.whole(record.recusals, language))])


def _appeal(record: MinutesRecord, language: str) -> Iterator[Block]:
    if record.appeal is None:
        return
    until = formats.day(record.appeal.until, language)
    yield heading(say("appeal", language), 1)
    yield paragraph(say("appeal.term", language, days=record.appeal.days, until=until))


def _log(record: MinutesRecord, language: str) -> Iterator[Block]:
    if record.checkpoint is None:
        return
    yield heading(say("log", language), 1)
    yield facts(
        [
            (say("log.origin", language), record.checkpoint.origin),
            (say("log.size", language), formats.whole(record.checkpoint.size, language)),
            (say("log.root_hash", language), record.checkpoint.root_hash),
        ]
    )


def _signatures(
    record: MinutesRecord, language: str, signatures: Sequence[Signature]
) -> Iterator[Block]:
    """Everybody who was present, signed or not, then who signed without having been."""
    signed = {one.member: one for one in signatures}
    roles = {one.id: say(f"role.{one.role}", language) for one in record.members}
    names = {**record.names(), **{one.member: one.name for one in signatures}}
    present = [one.id for one in record.members if one.present]
    rows = [
        [
            roles[member],
            names[member],
            formats.instant(signed[member].signed_at, language)
            if member in signed
            else say("not_signed", language),
        ]
        for member in [*present, *(one for one in signed if one not in present)]
    ]
    columns = [
        (say("role", language), 1.2, LEFT),
        (say("name", language), 3, LEFT),
        (say("signed_at", language), 2, LEFT),
    ]
    yield heading(say("signatures", language), 1)
    yield table(columns, rows, say("signatures", language))
    yield paragraph(say("signatures.note", language))
