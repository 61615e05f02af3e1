"""What every store of findings' lives promises."""

from dataclasses import replace
from datetime import UTC, datetime

from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.quality.finding import ERROR, Finding
from birge_aggregator.domain.quality.life import FindingLife, Step
from birge_aggregator.findings import FindingsStore

AT = datetime(2022, 12, 1, 9, tzinfo=UTC)
OPENED = Step("open", AT, 2.5)
EXPLAINED = Step("explained", AT, 2.5, "real", "urn:birge:a", "More people came.")


def life(period: str, *, as_of: int = 1, region: str | None = "KZ-71") -> FindingLife:
    """An open finding."""
    finding = Finding(
        "outlier",
        ERROR,
        region,
        period,
        "hours",
        10,
        12.5,
        2.5,
        {"en": "detail"},
        "urn:birge:a|r-1",
    )
    return FindingLife(finding, as_of, (OPENED,))


class FindingsStoreSuite:
    """Inherited with a fixture `findings`, an empty store."""

    async def test_a_life_comes_back_as_it_was_kept(self, findings: FindingsStore) -> None:
        kept = replace(life("2022-03"), steps=(OPENED, EXPLAINED))
        await findings.keep([kept, life("2022-04", region=None)])
        assert await findings.one(kept.finding.id) == kept
        assert await findings.one("0" * 16) is None

    async def test_lives_are_found_by_year_and_by_window(self, findings: FindingsStore) -> None:
        march, half, before = life("2022-03"), life("2022-H2"), life("2021-12")
        await findings.keep([march, half, before])
        assert set(await findings.of_year("2022")) == {march.finding.id, half.finding.id}
        for name, inside in (
            ("2022", {march, half}),
            ("2022-03", {march}),
            ("2022-H1", {march}),
            ("2022-03~12m", {march, before}),
        ):
            window = window_from(name)
            assert window is not None
            assert set(await findings.inside(window)) == inside

    async def test_what_fewer_records_tell_never_replaces_what_more_did(
        self, findings: FindingsStore
    ) -> None:
        newer = replace(life("2022-03", as_of=5), steps=(OPENED, EXPLAINED))
        await findings.keep([newer])
        await findings.keep([life("2022-03", as_of=4), life("2022-04", as_of=4)])
        assert await findings.one(newer.finding.id) == newer
        assert len(await findings.of_year("2022")) == 2

    async def test_as_many_records_tell_the_same(self, findings: FindingsStore) -> None:
        await findings.keep([life("2022-03")])
        explained = replace(life("2022-03"), steps=(OPENED, EXPLAINED))
        await findings.keep([explained])
        assert await findings.one(explained.finding.id) == explained
