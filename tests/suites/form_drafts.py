"""What every store of the public form's drafts promises."""

from datetime import UTC, datetime, timedelta

from birge_awards.form_ports import Draft, DraftStore

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=3_650)
"""Far enough that no database clears a draft away by the real clock."""


def a_draft(name: str = "d-1", *keys: str) -> Draft:
    return Draft(name, "waiting", NOW, LATER, "sealed", keys)


class DraftStoreSuite:
    """Inherit it and give a fixture `drafts`."""

    async def test_a_draft_comes_back_as_it_was_kept(self, drafts: DraftStore) -> None:
        await drafts.keep(a_draft("d-1", "a", "b"))
        assert await drafts.draft("d-1", NOW) == a_draft("d-1", "a", "b")
        assert await drafts.draft("d-2", NOW) is None

    async def test_the_last_one_kept_counts(self, drafts: DraftStore) -> None:
        await drafts.keep(a_draft("d-1", "a"))
        confirmed = Draft("d-1", "confirmed", NOW, LATER, None, ("b",))
        await drafts.keep(confirmed)
        assert await drafts.draft("d-1", NOW) == confirmed
        assert await drafts.count("a", NOW) == 0

    async def test_a_draft_is_gone_the_moment_its_time_is_over(self, drafts: DraftStore) -> None:
        await drafts.keep(a_draft("d-1", "a"))
        just_before = LATER - timedelta(milliseconds=1)
        assert await drafts.draft("d-1", just_before) is not None
        assert await drafts.draft("d-1", LATER) is None
        assert (await drafts.count("a", just_before), await drafts.count("a", LATER)) == (1, 0)

    async def test_what_is_dropped_is_forgotten(self, drafts: DraftStore) -> None:
        await drafts.keep(a_draft("d-1", "a"))
        await drafts.drop("d-1")
        await drafts.drop("d-1")
        assert await drafts.draft("d-1", NOW) is None
        assert await drafts.count("a", NOW) == 0

    async def test_drafts_are_counted_by_any_of_their_keys(self, drafts: DraftStore) -> None:
        await drafts.keep(a_draft("d-1", "a"))
        await drafts.keep(a_draft("d-2", "a", "b"))
        assert [await drafts.count(key, NOW) for key in ("a", "b", "c")] == [2, 1, 0]
