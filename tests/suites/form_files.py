"""What every store of evidence files promises."""

from datetime import UTC, datetime, timedelta

from birge_awards.form_ports import EvidenceStore, SealedFile

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=3_650)
"""Far enough that no database clears a file away by the real clock."""
FILE = SealedFile("f-1", b"\0sealed\xff", LATER)


class EvidenceStoreSuite:
    """Subclasses give the fixture `files`."""

    async def test_a_file_comes_back_byte_for_byte(self, files: EvidenceStore) -> None:
        large = SealedFile("f-2", bytes(range(256)) * 40_960, LATER)
        for one in (FILE, large):
            await files.keep(one)
            assert await files.file(one.id, NOW) == one

    async def test_a_file_is_gone_the_moment_its_time_is_over(self, files: EvidenceStore) -> None:
        await files.keep(FILE)
        assert await files.file("f-1", LATER - timedelta(seconds=1)) is not None
        assert await files.file("f-1", LATER) is None

    async def test_a_file_is_kept_longer_or_for_good(self, files: EvidenceStore) -> None:
        for name in ("f-1", "f-2", "f-3"):
            await files.keep(SealedFile(name, b"x", LATER))
        await files.until(["f-1", "f-2", "never"], LATER + timedelta(days=7))
        await files.until(["f-1"], None)
        kept = [await files.file(name, LATER) for name in ("f-1", "f-2", "f-3")]
        assert [one and one.expires_at for one in kept] == [None, LATER + timedelta(days=7), None]
        assert kept[2] is None
        assert await files.file("never", NOW) is None

    async def test_what_is_dropped_is_forgotten(self, files: EvidenceStore) -> None:
        await files.keep(FILE)
        await files.drop("f-1")
        await files.drop("f-1")
        assert await files.file("f-1", NOW) is None
