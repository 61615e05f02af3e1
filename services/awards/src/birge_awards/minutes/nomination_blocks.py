"""One nomination of the minutes: its standings, how ties ended, its laureates."""

from collections.abc import Iterable, Iterator, Mapping

from birge_awards.minutes import formats
from birge_awards.minutes.blocks import (
    CENTRE,
    LEFT,
    RIGHT,
    Block,
    facts,
    heading,
    items,
    paragraph,
    quotation,
    table,
)
from birge_awards.minutes.record import (
    LaureateOfRecord,
    NominationOfRecord,
    NomineeStanding,
    ResultWithoutOne,
    Stability,
    TieStep,
)
from birge_awards.minutes.texts import LANGUAGES, say


def nomination_blocks(
    nomination: NominationOfRecord, names: Mapping[str, str], language: str
) -> Iterator[Block]:
    """The part of one nomination, without what it has nothing to say about."""
    title = nomination.title.in_language(language)
    yield heading(f"{say('nomination', language)}: {title}", 1)
    if nomination.standings:
        yield heading(say("standings", language), 2)
        yield _standings(nomination, language)
        yield paragraph(say(f"status.{nomination.comparability}", language))
    if nomination.ties:
        yield heading(say("ties", language), 2)
        yield items(_tie(step, names, language) for step in nomination.ties)
    if nomination.stability is not None:
        yield from _stability(nomination.stability, names, language)
    yield heading(say("decision", language), 2)
    yield from _decision(nomination, language)


def _standings(nomination: NominationOfRecord, language: str) -> Block:
    in_parts = nomination.comparability == "NOT_COMPARABLE"
    columns = [
        (say("rank", language), 1.1, CENTRE),
        *([(say("part", language), 1.1, CENTRE)] if in_parts else []),
        (say("nominee", language), 4.2, LEFT),
        (say("scores", language), 1.7, CENTRE),
        (say("mean_column", language), 1.6, RIGHT),
        (say("calibrated_column", language), 2.0, RIGHT),
        (say("error_column", language), 2.0, RIGHT),
        (say("state", language), 2.0, LEFT),
    ]
    rows = [_standing(one, language, in_parts=in_parts) for one in nomination.standings]
    title = f"{say('standings', language)}: {nomination.title.in_language(language)}"
    return table(columns, rows, title)


def _standing(one: NomineeStanding, language: str, *, in_parts: bool) -> list[str]:
    def shown(value: object, as_text: str | None = None) -> str:
        return say("none", language) if value is None else as_text or str(value)

    figures = [
        shown(each, None if each is None else formats.score(each, language))
        for each in (one.raw_mean, one.calibrated, one.standard_error)
    ]
    return [
        shown(one.place),
        *([shown(one.part)] if in_parts else []),
        one.name,
        say("scores_of", language, scores=one.scores, assigned=one.assigned),
        *figures,
        say(f"state.{one.state}", language),
    ]


def _listed(nominees: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names[one] for one in nominees)


def _tie(step: TieStep, names: Mapping[str, str], language: str) -> str:
    into = "; ".join(
        f"{number}){formats.NO_BREAK_SPACE}{_listed(group, names)}"
        for number, group in enumerate(step.into, 1)
    )
    said = [
        f"{say(f'step.{step.step}', language)}.",
        say("tie.tied", language, tied=_listed(step.tied, names)),
        say("tie.into", language, into=into),
    ]
    if step.votes:
        votes = "; ".join(
            say("tie.abstained", language, member=names[one.member])
            if one.nominee is None
            else say("tie.vote", language, member=names[one.member], nominee=names[one.nominee])
            for one in step.votes
        )
        said.append(say("tie.votes", language, votes=votes))
    if step.decided_by is not None:
        said.append(say("tie.decided_by", language, name=names[step.decided_by]))
    if step.reason is not None:
        said.append(say("tie.reason", language, reason=step.reason))
    return " ".join(said)


def _stability(stability: Stability, names: Mapping[str, str], language: str) -> Iterator[Block]:
    yield heading(say("stability", language), 2)
    if not stability.changes:
        yield paragraph(say("stability.stable", language))
        return
    yield paragraph(say("stability.changes", language))
    yield items(_change(one, names, language) for one in stability.changes)
    if (vote := stability.confirmation) is not None:
        yield paragraph(
            say(
                "stability.confirmed",
                language,
                in_favour=vote.in_favour,
                against=vote.against,
                abstained=vote.abstained,
            )
        )


def _change(change: ResultWithoutOne, names: Mapping[str, str], language: str) -> str:
    if not change.is_comparable:
        return say("stability.not_comparable", language)
    parts = {"gone": change.gone, "new": change.new, "in_doubt": change.in_doubt}
    return "; ".join(
        say(f"stability.{part}", language, names=_listed(nominees, names))
        for part, nominees in parts.items()
        if nominees
    )


def _decision(nomination: NominationOfRecord, language: str) -> Iterator[Block]:
    if nomination.no_award is not None:
        yield paragraph(say("no_award", language), strong=True)
        yield paragraph(say("tie.reason", language, reason=nomination.no_award))
    if not nomination.laureates:
        return
    columns = [
        (say("rank", language), 1, CENTRE),
        (say("laureate", language), 6, LEFT),
        (say("prize", language), 2.5, RIGHT),
    ]
    rows = [
        [str(one.place), one.name, formats.tenge(one.prize_tenge, language)]
        for one in nomination.laureates
    ]
    title = f"{say('decision', language)}: {nomination.title.in_language(language)}"
    yield table(columns, rows, title)
    total = sum(one.prize_tenge for one in nomination.laureates)
    yield facts([(say("prizes_total", language), formats.tenge(total, language))])
    for one in nomination.laureates:
        yield from _citation(one, language)


def _citation(laureate: LaureateOfRecord, language: str) -> Iterator[Block]:
    said = {each: getattr(laureate.citation, each) for each in LANGUAGES}
    own_first = sorted(
        (each for each in LANGUAGES if said[each]), key=lambda each: each != language
    )
    if own_first:
        yield heading(f"{say('citation', language)}: {laureate.name}", 3)
    for each in own_first:
        yield quotation(said[each], each)
