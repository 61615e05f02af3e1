"""What every store of publications promises."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from birge_aggregator.domain.publication.checklist import ERROR, Note
from birge_aggregator.domain.publication.frozen import AnswerKey, frame_bytes
from birge_aggregator.domain.publication.publication import (
    Act,
    Freeze,
    Publication,
    State,
    begun,
)
from birge_aggregator.domain.publication.words import Recommendation
from birge_aggregator.editions import Editions, edition_of
from birge_aggregator.publications import Kept, Progress, PublicationStore, Stale

NOW = datetime(2023, 2, 1, 9, 0, 0, 123_456, tzinfo=UTC)
THREE = {"kk": "ә", "ru": "б", "en": "c"}
KEY = AnswerKey("hours", "2022", "KZ-71", map_17=True)
FREEZE = Freeze(
    token="t-1",
    at=NOW,
    counted_at=NOW,
    positions={"birge.submissions.v1": {"0": 4711}},
    notes=(Note(ERROR, "sum", "hours", "2022", "KZ", "all", 1.5, 2.0),),
    references=({"table": "wages_by_region", "rows": [{"region": "KZ"}]},),
    suppressed=3,
)


class Both(PublicationStore, Editions):
    """A store is read by those who publish, and by the public."""


def draft(period: str = "2022") -> Publication:
    return begun(period, (), Act("writer", NOW))


def whole(period: str = "2022", number: int = 1, token: str = "t-1") -> Publication:
    return replace(
        draft(period),
        number=number,
        state=State.PUBLISHED,
        freeze=replace(FREEZE, token=token),
        commentary={"KZ-71": THREE},
        recommendations=(Recommendation("2021", THREE, "done", THREE),),
        change_note=THREE,
        writers=frozenset({"writer", "other"}),
        checked=Act("checker", NOW),
        approved=Act("approver", NOW),
        content_hash="h",
        publish_at=NOW,
    )


async def issue(store: Both, publication: Publication, replaced: Kept | None = None) -> None:
    await store.keep(replace(publication, state=State.APPROVED), 0)
    kept = await store.publication(publication.id)
    assert kept is not None
    assert publication.publish_at is not None
    edition = edition_of(publication, issued_at=publication.publish_at, content_hash="h")
    await store.issue(kept, publication, edition, replaced)


class PublicationStoreSuite:
    """Subclasses give the fixture `store`."""

    async def test_a_publication_comes_back_as_it_was_kept(self, store: Both) -> None:
        await store.keep(whole(), 0)
        kept = await store.publication("2022-edition-1")
        assert kept == Kept(whole(), 1)

    async def test_a_stale_change_is_refused(self, store: Both) -> None:
        await store.keep(draft(), 0)
        with pytest.raises(Stale):
            await store.keep(draft(), 0)
        with pytest.raises(Stale):
            await store.keep(draft(), 2)
        await store.keep(whole(), 1)
        kept = await store.publication("2022-edition-1")
        assert kept == Kept(whole(), 2)

    async def test_the_latest_comes_first(self, store: Both) -> None:
        for one in (whole("2022-H1"), whole("2022", 1), whole("2022", 2), whole("2021", 1)):
            await store.keep(one, 0)
        assert [one.publication.id for one in await store.publications()] == [
            "2022-H1-edition-1",
            "2022-edition-2",
            "2022-edition-1",
            "2021-edition-1",
        ]

    async def test_answers_are_those_of_their_token(self, store: Both) -> None:
        other = KEY._replace(region="KZ")
        await store.keep_answers("t-1", {KEY: b"1", other: b"2"})
        await store.keep_answers("t-2", {KEY: b"3"})
        assert await store.answers("t-1") == {KEY: b"1", other: b"2"}
        await store.forget_answers("t-1")
        assert await store.answers("t-1") == {}
        assert await store.answers("t-2") == {KEY: b"3"}

    async def test_answers_that_no_publication_refers_to_are_told_by_their_tokens(
        self, store: Both
    ) -> None:
        assert await store.tokens() == frozenset()
        await store.keep(whole(token="t-1"), 0)
        await store.keep_answers("t-1", {KEY: b"1", KEY._replace(region="KZ"): b"2"})
        await store.keep_answers("t-lost", {KEY: b"3"})
        assert await store.tokens() == {"t-1", "t-lost"}
        await store.forget_answers("t-lost")
        assert await store.tokens() == {"t-1"}

    async def test_progress_is_kept_and_changes_no_revision(self, store: Both) -> None:
        await store.keep(draft(), 0)
        await store.tell(draft().id, Progress("freezing", 3, 10))
        kept = await store.publication(draft().id)
        assert kept == Kept(draft(), 1, Progress("freezing", 3, 10))

    async def test_files_of_other_words_are_dropped(self, store: Both) -> None:
        await store.keep(draft(), 0)
        for of, name in (("a", "x"), ("a", "y"), ("b", "x")):
            await store.keep_file(draft().id, of, name, f"{of}{name}".encode())
        kept = await store.publication(draft().id)
        assert kept is not None
        assert (kept.files_of, kept.files) == ("b", ("x",))
        assert await store.file(draft().id, "x") == b"bx"
        assert await store.file(draft().id, "z") is None

    async def test_nothing_of_a_draft_is_read_by_the_public(self, store: Both) -> None:
        await store.keep_answers("t-1", {KEY: frame_bytes({"table": "hours"})})
        await store.keep(replace(whole(), state=State.APPROVED), 0)
        assert await store.issued() == []
        assert await store.one("2022-edition-1") is None
        assert await store.answer("2022-edition-1", KEY) is None

    async def test_what_is_out_is_read_with_its_answers(self, store: Both) -> None:
        await store.keep_answers("t-1", {KEY: frame_bytes({"table": "hours", "rows": []})})
        await issue(store, whole())
        edition = await store.one("2022-edition-1")
        assert edition == edition_of(whole(), issued_at=NOW, content_hash="h")
        assert await store.issued() == [edition]
        assert await store.answer("2022-edition-1", KEY) == {"table": "hours", "rows": []}
        assert await store.answer("2022-edition-1", KEY._replace(region="KZ")) is None

    async def test_an_amendment_takes_the_place_of_what_was_out(self, store: Both) -> None:
        await issue(store, whole())
        first = await store.publication("2022-edition-1")
        second = replace(whole(number=2, token="t-2"), publish_at=NOW + timedelta(days=1))
        await issue(store, second, first)
        assert [(one.id, one.superseded_by) for one in await store.issued()] == [
            ("2022-edition-2", None),
            ("2022-edition-1", "2022-edition-2"),
        ]
        kept = await store.publication("2022-edition-1")
        assert kept is not None
        assert kept.publication.state == State.SUPERSEDED

    async def test_of_two_that_let_it_out_one_does(self, store: Both) -> None:
        await issue(store, whole())
        kept = Kept(replace(whole(), state=State.APPROVED), 1)
        edition = edition_of(whole(), issued_at=NOW, content_hash="h")
        with pytest.raises(Stale):
            await store.issue(kept, whole(), edition, None)

    async def test_nothing_is_out_where_what_it_replaces_has_moved(self, store: Both) -> None:
        await issue(store, whole())
        first = await store.publication("2022-edition-1")
        assert first is not None
        second = whole(number=2, token="t-2")
        with pytest.raises(Stale):
            await issue(store, second, replace(first, revision=first.revision - 1))
        assert [one.id for one in await store.issued()] == ["2022-edition-1"]
