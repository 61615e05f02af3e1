"""What takes long is done once, by the words that were approved, and comes out at its moment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.domain.publication.publication import (
    Approve,
    FreezeAnew,
    Refused,
    SendBack,
    SetChangeNote,
    State,
    Withdraw,
    WriteCommentary,
)
from birge_aggregator.publications import Progress
from birge_aggregator.stores.memory import MemoryStore
from birge_aggregator.stores.memory_publications import MemoryPublications
from tests.support.publication_house import (
    APPROVER,
    CHECKER,
    FILE_NAMES,
    NOW,
    PERIOD,
    WRITER,
    PublicationHouse,
)
from tests.support.records import report

ID = f"{PERIOD}-edition-1"
THREE = {"kk": "а", "ru": "б", "en": "c"}


@pytest.fixture
def store() -> MemoryPublications:
    return MemoryPublications()


@pytest.fixture
def house(store: MemoryPublications) -> PublicationHouse:
    return PublicationHouse(store)


async def test_a_draft_is_frozen_once(house: PublicationHouse, store: MemoryPublications) -> None:
    draft = await house.frozen()
    assert draft.freeze is not None
    assert (draft.freeze.notes, draft.freeze.positions) == (
        (),
        {"birge.submissions.v1": {"0": next(iter(house.counted.next.values()))}},
    )
    kept = store.kept[ID]
    await house.publisher.work()
    assert store.kept[ID] == kept
    assert list(store.frozen) == [draft.freeze.token]


async def test_its_progress_can_be_seen(house: PublicationHouse, store: MemoryPublications) -> None:
    await house.frozen()
    assert store.kept[ID].progress == Progress("protecting", 0, 1)


async def test_words_written_while_it_is_frozen_are_not_lost(house: PublicationHouse) -> None:
    begun = await house.publications.begin(PERIOD, WRITER)
    await house.publications.does(begun.id, WriteCommentary("KZ", THREE), WRITER)
    await house.publisher.work()
    publication = (await house.publications.load(begun.id)).publication
    assert publication.freeze is not None
    assert publication.commentary == {"KZ": THREE}


async def test_figures_taken_anew_are_those_of_now(
    house: PublicationHouse, store: MemoryPublications
) -> None:
    before = await house.frozen()
    await house.counts(report("r-new", region="KZ-71", period="2022-03"))
    await house.publications.does(ID, FreezeAnew(), WRITER)
    assert store.frozen == {}
    await house.publisher.work()
    after = (await house.publications.load(ID)).publication
    assert before.freeze is not None
    assert after.freeze is not None
    assert after.freeze.positions != before.freeze.positions


async def test_answers_of_an_interrupted_freeze_go_when_the_next_one_starts(
    house: PublicationHouse, store: MemoryPublications
) -> None:
    hours = AnswerKey("hours", PERIOD)
    interrupted, another = "20230131T120000-a", f"{NOW:%Y%m%dT%H%M%S}-b"
    for token in (interrupted, another):
        await store.keep_answers(token, {hours: b"{}"})
    draft = await house.frozen()
    assert draft.freeze is not None
    # What is as new as that may be another publisher's, who is at work.
    assert set(store.frozen) == {draft.freeze.token, another}


async def test_answers_that_a_publication_refers_to_stay_when_another_is_frozen(
    house: PublicationHouse, store: MemoryPublications
) -> None:
    first = await house.frozen()
    other = await house.publications.begin("2022", WRITER)
    await house.publisher.work()
    second = (await house.publications.load(other.id)).publication
    assert first.freeze is not None
    assert second.freeze is not None
    assert set(store.frozen) == {first.freeze.token, second.freeze.token}


async def test_a_draft_waits_while_nothing_is_counted(store: MemoryPublications) -> None:
    house = PublicationHouse(store, counted=MemoryStore())
    assert (await house.frozen()).freeze is None
    with pytest.raises(Refused, match="frozen"):
        await house.publications.check(ID, CHECKER)


async def test_what_is_given_up_is_not_frozen(
    house: PublicationHouse, store: MemoryPublications
) -> None:
    begun = await house.publications.begin(PERIOD, WRITER)
    await house.publications.does(begun.id, Withdraw("a mistake"), WRITER)
    await house.publisher.work()
    assert store.frozen == {}


async def test_it_is_out_at_its_moment_with_all_its_files(
    house: PublicationHouse, store: MemoryPublications
) -> None:
    await house.approved(NOW + timedelta(hours=1))
    await house.publisher.work()
    assert await store.issued() == []
    assert house.made == list(FILE_NAMES)
    house.clock.advance(timedelta(hours=1))
    await house.publisher.work()
    [edition] = await store.issued()
    assert (edition.id, edition.issued_at) == (ID, NOW + timedelta(hours=1))
    assert house.made == list(FILE_NAMES)
    assert len(store.outbox) == 1
    await house.publisher.work()
    assert len(store.outbox) == 1


async def test_the_public_reads_what_was_protected(
    house: PublicationHouse, store: MemoryPublications
) -> None:
    await house.approved()
    await house.publisher.work()
    assert await store.answer(ID, AnswerKey("hours", PERIOD)) is not None
    assert await store.answer(ID, AnswerKey("quality", PERIOD)) is None


async def test_files_are_made_anew_for_other_words(
    house: PublicationHouse, store: MemoryPublications
) -> None:
    later = NOW + timedelta(hours=1)
    await house.approved(later)
    await house.publisher.work()
    await house.publications.does(ID, SendBack("a word is wrong"), APPROVER)
    await house.publications.does(ID, WriteCommentary("KZ", THREE), WRITER)
    await house.publications.check(ID, CHECKER)
    await house.publications.does(ID, Approve(later), APPROVER)
    await house.publisher.work()
    assert house.made == list(FILE_NAMES) * 2


async def test_figures_altered_after_the_check_never_come_out(
    house: PublicationHouse, store: MemoryPublications
) -> None:
    approved = await house.approved()
    assert approved.freeze is not None
    token = approved.freeze.token
    first = next(iter(store.frozen[token]))
    store.frozen[token] = {**store.frozen[token], first: b'{"rows":[]}'}
    await house.publisher.work()
    assert await store.issued() == []


async def test_words_altered_after_the_check_never_come_out(
    house: PublicationHouse, store: MemoryPublications
) -> None:
    approved = await house.approved()
    kept = store.kept[ID]
    store.kept[ID] = replace(kept, publication=replace(approved, commentary={"KZ": THREE}))
    await house.publisher.work()
    assert await store.issued() == []


async def test_an_amendment_knows_what_was_out_and_takes_its_place(
    house: PublicationHouse, store: MemoryPublications
) -> None:
    await house.approved()
    await house.publisher.work()
    amendment = await house.publications.begin(PERIOD, WRITER)
    await house.publications.does(amendment.id, SetChangeNote(THREE), WRITER)
    await house.publisher.work()
    assert house.known_before[0] == {}
    assert AnswerKey("hours", PERIOD) in house.known_before[1]
    await house.publications.check(amendment.id, CHECKER)
    await house.publications.does(amendment.id, Approve(NOW), APPROVER)
    await house.publisher.work()
    assert [(one.number, one.superseded_by) for one in await store.issued()] == [
        (2, None),
        (1, amendment.id),
    ]
    assert (await house.publications.load(ID)).publication.state == State.SUPERSEDED
