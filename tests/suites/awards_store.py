"""What every store of the awards promises; memory inherits it in unit/, MongoDB in integration/."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.cycle import Cycle, Stage
from birge_awards.domain.nominees.candidacy import Candidacy
from birge_awards.domain.nominees.nominee import Consents, Kind
from birge_awards.domain.seals import Seals
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import COMMISSION, Sitting
from birge_awards.handlers.keeping import kept
from birge_awards.ports import (
    EVERYWHERE,
    ActivityNote,
    AwardsStore,
    Change,
    Kept,
    Outgoing,
    Said,
    Scope,
    Stale,
)
from birge_common.contracts.awards import LaureateConfirmedV1
from birge_common.contracts.topics import AWARDS
from birge_common.messaging.unreadable import UnreadableRecord
from birge_common.transparency.leaf import Act, commitment_to

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
SOMEBODY = Said("cycle.begin", "manager", "2026")
ABAI, ASTANA = "KZ-10", "KZ-71"
ONLY_ASTANA = Scope(frozenset({ASTANA}))
NOWHERE = Scope(frozenset())
PERIODS = ["2026-03", "2026-H1"]

Rows = Callable[[], Awaitable[Sequence[dict[str, Any]]]]


@dataclass(frozen=True)
class Database:
    """One database, as several processes keep to it; `outbox` are the rows to be published."""

    keepers: Sequence[AwardsStore]
    outbox: Rows
    quarantined: Rows


def candidacy(name: str = "n-1", *, region: str | None = ASTANA, cycle: str = "2026") -> Candidacy:
    """A nomination as it came; without a region it stands in the international track."""
    return Candidacy(
        id=name,
        cycle=cycle,
        track="domestic" if region else "international",
        nomination="ecology",
        region=region,
        country=None if region else "DE",
        kind=Kind.PERSON,
        consents=Consents(processing=True, publication=True),
        source="https://office.example.kz",
        nomination_id=f"nom-{name}",
        version=1,
        received_at=AT,
    )


def confirmed(nominee: str = "n-1") -> Outgoing:
    """An event that a change says."""
    event = LaureateConfirmedV1(
        cycle="2026",
        region=ASTANA,
        nomination="ecology",
        nominee=nominee,
        page=f"https://birge.kz/awards/{nominee}",
        confirmed_at=AT,
    )
    return Outgoing("laureate.confirmed", event)


def note(volunteer: str, hundredths: int, **changes: Any) -> ActivityNote:
    """A report that names one volunteer's hours in a month."""
    first = ActivityNote("https://a.kz|r-1", 1, "2026-03", {volunteer: hundredths})
    return replace(first, **changes)


def unreadable(offset: int = 7) -> UnreadableRecord:
    """A record of the log that is none."""
    return UnreadableRecord("birge.submissions.v1", 0, offset, "undecodable", b"{")


async def first_kept(store: AwardsStore, *values: Any, said: Sequence[Said] = ()) -> None:
    """Keep things that were not there."""
    await store.keep(Change(tuple(Kept(one) for one in values), said=tuple(said)), now=AT)


class AwardsStoreSuite:
    """Inherited with a fixture `database` of eight keepers, and `store`, one of them."""

    async def test_what_was_kept_is_read_again_one_revision_higher(
        self, store: AwardsStore
    ) -> None:
        cycle, sheet = Cycle("2026"), Sheet("2026", ASTANA, "n-1", "j-1", reason="river")
        sitting = Sitting("2026", ASTANA)
        await first_kept(store, cycle, candidacy(), sitting, sheet)
        assert await store.cycle("2026") == Kept(cycle, 1)
        assert await store.candidacy("n-1", EVERYWHERE) == Kept(candidacy(), 1)
        assert await store.sitting("2026", ASTANA, EVERYWHERE) == Kept(sitting, 1)
        assert await store.sheet("2026", ASTANA, "n-1", "j-1") == Kept(sheet, 1)
        later = replace(cycle, stage=Stage.NOMINATIONS)
        await store.keep(Change((Kept(later, 1),)), now=AT)
        assert await store.cycle("2026") == Kept(later, 2)

    async def test_what_was_never_kept_is_not_there(self, store: AwardsStore) -> None:
        assert await store.cycle("2026") is None
        assert await store.candidacy("n-1", EVERYWHERE) is None
        assert await store.sitting("2026", ASTANA, EVERYWHERE) is None
        assert await store.sheet("2026", ASTANA, "n-1", "j-1") is None
        assert await store.cycles() == []
        assert await store.acts(0, 10) == []
        assert await store.wrapped_keys(["n-1"]) == {}
        assert await store.verified_hundredths(["v-1"], periods=PERIODS) == {}

    async def test_several_are_read_in_order(self, store: AwardsStore) -> None:
        values = [Cycle("2025"), Cycle("2026"), candidacy("n-2"), candidacy("n-1", region=None)]
        values += [Sitting("2026", panel) for panel in (COMMISSION, ASTANA, ABAI)]
        values += [Sheet("2026", ASTANA, "n-1", juror) for juror in ("j-2", "j-1")]
        values += [candidacy("n-0", cycle="2025"), Sitting("2025", ABAI)]
        await first_kept(store, *values)
        assert [one.value.id for one in await store.cycles()] == ["2026", "2025"]
        assert [one.value.id for one in await store.candidacies("2026", EVERYWHERE)] == [
            "n-1",
            "n-2",
        ]
        panels = [one.value.panel for one in await store.sittings("2026", EVERYWHERE)]
        assert panels == [ABAI, ASTANA, COMMISSION]
        sheets = await store.sheets("2026", ASTANA, EVERYWHERE)
        assert [one.value.juror for one in sheets] == ["j-1", "j-2"]
        some = await store.candidacies("2026", EVERYWHERE, ids=["n-2", "n-0", "n-9"])
        assert [one.value.id for one in some] == ["n-2"]
        assert await store.candidacies("2026", EVERYWHERE, ids=[]) == []

    @pytest.mark.parametrize(
        "stale",
        [Kept(Cycle("2026"), 1), Kept(Cycle("2026"), 7), Kept(Cycle("2026"), 0)],
        ids=["moved", "never there", "there already"],
    )
    @pytest.mark.parametrize("where", ["kept", "unmoved"])
    async def test_a_moved_revision_is_stale_and_nothing_of_the_change_is_kept(
        self, database: Database, store: AwardsStore, stale: Kept[Cycle], where: str
    ) -> None:
        await first_kept(store, Cycle("2026"), said=[SOMEBODY])
        await store.keep(
            Change((Kept(Cycle("2026"), 1),), new_keys={"n-9": b"wrapped"}, said=(SOMEBODY,)),
            now=AT,
        )
        before = await store.acts(0, 10)
        others = (Kept(candidacy()), Kept(Sitting("2026", ASTANA)))
        change = Change(
            (*others, stale) if where == "kept" else others,
            (stale,) if where == "unmoved" else (),
            (SOMEBODY,),
            (confirmed(),),
            {"n-1": b"wrapped"},
            ("n-9",),
        )
        with pytest.raises(Stale):
            await store.keep(change, now=AT)
        assert await store.cycle("2026") == Kept(Cycle("2026"), 2)
        assert await store.candidacy("n-1", EVERYWHERE) is None
        assert await store.sittings("2026", EVERYWHERE) == []
        assert await store.acts(0, 10) == before
        assert await store.wrapped_keys(["n-1", "n-9"]) == {"n-9": b"wrapped"}
        assert await database.outbox() == []

    async def test_what_must_not_move_is_not_changed_by_being_looked_at(
        self, store: AwardsStore
    ) -> None:
        await first_kept(store, Cycle("2026"))
        cycle = Kept(Cycle("2026"), 1)
        await store.keep(Change((Kept(candidacy()),), (cycle,)), now=AT)
        await store.keep(Change((Kept(candidacy(), 1),), (cycle,)), now=AT)
        assert await store.cycle("2026") == cycle

    async def test_what_is_not_there_cannot_be_relied_on(self, store: AwardsStore) -> None:
        """Nothing would keep somebody from making it meanwhile."""
        unborn = Kept(Sitting("2026", ASTANA))
        with pytest.raises(Stale):
            await store.keep(Change((Kept(candidacy()),), (unborn,)), now=AT)
        assert await store.candidacy("n-1", EVERYWHERE) is None

    @pytest.mark.parametrize(
        "unsayable",
        [
            replace(SOMEBODY, public={"reason": "x" * 65_536}),
            replace(SOMEBODY, public={"member": {"ә": "KZ"}}),
            replace(SOMEBODY, actor="900101300123"),
            replace(SOMEBODY, subject="Айгүл"),
            Said("score.submit", "j-1", "n-1", {}, {"weight": 0.5}, b"k" * 32),
        ],
        ids=["too long", "a key of letters", "a number of a person", "a name", "a float"],
    )
    async def test_an_act_that_the_log_cannot_take_keeps_nothing(
        self, database: Database, store: AwardsStore, unsayable: Said
    ) -> None:
        """Kept, it would stand before all later acts, and the log would end there."""
        said = (SOMEBODY, unsayable)
        change = Change((Kept(Cycle("2026")),), (), said, (confirmed(),), {"n-1": b"w"})
        with pytest.raises(Refused) as refusal:
            await store.keep(change, now=AT)
        assert refusal.value.code == "not_for_the_log"
        assert await store.cycle("2026") is None
        assert await store.acts(0, 10) == []
        assert await store.wrapped_keys(["n-1"]) == {}
        assert await database.outbox() == []

    async def test_a_key_is_never_written_over(self, store: AwardsStore) -> None:
        """What is sealed under the first one could never be read again."""
        await store.keep(Change((Kept(candidacy()),), new_keys={"n-1": b"first"}), now=AT)
        with pytest.raises(Stale):
            await store.keep(Change((Kept(candidacy(), 1),), new_keys={"n-1": b"x"}), now=AT)
        assert await store.wrapped_keys(["n-1"]) == {"n-1": b"first"}
        assert await store.candidacy("n-1", EVERYWHERE) == Kept(candidacy(), 1)

    async def test_eight_keepers_number_acts_without_a_gap_and_each_change_counts(
        self, database: Database, store: AwardsStore
    ) -> None:
        await first_kept(store, Cycle("2026", approved_by="0"))
        keepers, each = len(database.keepers), 6

        async def keeps(keeper: AwardsStore, name: int) -> None:
            for turn in range(each):

                async def decide(turn: int = turn) -> tuple[Change, None]:
                    held = await keeper.cycle("2026")
                    assert held is not None
                    count = int(held.value.approved_by or 0) + 1
                    counted = replace(held.value, approved_by=str(count))
                    said = [Said("first", f"k-{name}", str(turn)), Said("then", f"k-{name}", "t")]
                    change = Change((Kept(counted, held.revision),), said=tuple(said))
                    return replace(change, outgoing=(confirmed(f"n-{name}-{turn}"),)), None

                while True:
                    try:
                        await kept(keeper, decide, now=AT + timedelta(seconds=name))
                        break
                    except Stale:
                        continue

        await asyncio.gather(*(keeps(keeper, name) for name, keeper in enumerate(database.keepers)))
        acts = await store.acts(0, 1_000)
        assert [one.number for one in acts] == list(range(2 * keepers * each))
        assert [one.at for one in acts] == sorted(one.at for one in acts)
        pairs = list(zip(acts[::2], acts[1::2], strict=True))
        assert all((one.act, two.act) == ("first", "then") for one, two in pairs)
        assert all(one.actor == two.actor for one, two in pairs)
        assert len({(one.actor, one.subject) for one, _ in pairs}) == keepers * each
        held = await store.cycle("2026")
        assert held is not None
        assert (held.value.approved_by, held.revision) == (str(keepers * each), keepers * each + 1)
        assert len(await database.outbox()) == keepers * each

    async def test_of_keepers_that_begin_the_same_thing_one_does(
        self, database: Database, store: AwardsStore
    ) -> None:
        change = Change((Kept(Cycle("2026")),), said=(SOMEBODY,))
        answers = await asyncio.gather(
            *(keeper.keep(change, now=AT) for keeper in database.keepers), return_exceptions=True
        )
        assert answers.count(None) == 1
        assert all(one is None or isinstance(one, Stale) for one in answers)
        assert len(await store.acts(0, 10)) == 1

    async def test_a_change_of_what_another_change_relies_on_lets_one_of_them_through(
        self, database: Database, store: AwardsStore
    ) -> None:
        """Else a sheet could count that crosses the end of scoring."""
        await first_kept(store, Sitting("2026", ASTANA))
        for turn in range(5):
            held = await store.sitting("2026", ASTANA, EVERYWHERE)
            assert held is not None
            moves = Change((held,))
            relies = Change((Kept(Sheet("2026", ASTANA, f"n-{turn}", "j-1")),), (held,))
            first, second = database.keepers[:2]
            answers = await asyncio.gather(
                first.keep(moves, now=AT), second.keep(relies, now=AT), return_exceptions=True
            )
            assert answers[0] is None or isinstance(answers[0], Stale)
            assert answers[1] is None or isinstance(answers[1], Stale)
            assert None in answers
            sheet = await store.sheet("2026", ASTANA, f"n-{turn}", "j-1")
            assert (sheet is not None) == (answers[1] is None)

    async def test_an_act_tells_when_who_and_what_and_commits_to_the_rest(
        self, store: AwardsStore
    ) -> None:
        private, key = {"marks": {"impact": "9"}}, b"k" * 32
        said = Said("score.submit", "j-1", "n-1", {"panel": ASTANA}, private, key)
        await store.keep(Change(said=(SOMEBODY, said)), now=AT)
        _, act = await store.acts(0, 10)
        assert (act.number, act.at, act.actor) == (1, AT, "j-1")
        assert (act.act, act.subject) == ("score.submit", "n-1")
        assert act.public == {"panel": ASTANA}
        as_leaf = Act(AT, "j-1", "score.submit", "n-1", None, {"panel": ASTANA})
        assert act.commitment == commitment_to(as_leaf, private, key)

    async def test_acts_are_read_from_a_number_on_and_not_more_than_asked(
        self, store: AwardsStore
    ) -> None:
        for _ in range(3):
            await store.keep(Change(said=(SOMEBODY, SOMEBODY)), now=AT)
        assert [one.number for one in await store.acts(2, 3)] == [2, 3, 4]
        assert [one.number for one in await store.acts(5, 3)] == [5]
        assert await store.acts(6, 3) == []

    async def test_time_never_goes_back_in_the_log(self, store: AwardsStore) -> None:
        """A clock that was set back must not make the log refuse an act."""
        times = [AT, AT - timedelta(hours=1), AT + timedelta(microseconds=1)]
        for now in times:
            await store.keep(Change(said=(SOMEBODY,)), now=now)
        assert [one.at for one in await store.acts(0, 10)] == [AT, AT, times[2]]

    async def test_a_scope_covers_its_regions_and_only_all_covers_the_rest(
        self, store: AwardsStore
    ) -> None:
        here, there, abroad = (
            candidacy("n-1"),
            candidacy("n-2", region=ABAI),
            candidacy("n-3", region=None),
        )
        panels = [Sitting("2026", panel) for panel in (ASTANA, ABAI, COMMISSION)]
        sheets = [Sheet("2026", one.panel, "n-1", "j-1") for one in panels]
        await first_kept(store, here, there, abroad, *panels, *sheets)
        for scope, seen in (
            (EVERYWHERE, {ASTANA, ABAI, COMMISSION}),
            (ONLY_ASTANA, {ASTANA}),
            (Scope(frozenset({ASTANA, ABAI})), {ASTANA, ABAI}),
            (NOWHERE, set()),
        ):
            for one, panel in ((here, ASTANA), (there, ABAI), (abroad, COMMISSION)):
                found = await store.candidacy(one.id, scope)
                assert (found is not None) == (panel in seen)
                sitting = await store.sitting("2026", panel, scope)
                assert (sitting is not None) == (panel in seen)
                assert len(await store.sheets("2026", panel, scope)) == (panel in seen)
            regions = {
                one.value.region or COMMISSION for one in await store.candidacies("2026", scope)
            }
            assert regions == seen
            asked = await store.candidacies("2026", scope, ids=["n-1", "n-2", "n-3"])
            assert len(asked) == len(seen)
            assert {one.value.panel for one in await store.sittings("2026", scope)} == seen

    async def test_an_erased_key_is_gone_and_no_other(self, store: AwardsStore) -> None:
        keys = {"n-1": b"one", "n-2": b"two"}
        await store.keep(Change(new_keys=keys), now=AT)
        assert await store.wrapped_keys(["n-2", "n-1", "n-9"]) == keys
        await store.keep(Change(erased=("n-1", "n-9")), now=AT)
        assert await store.wrapped_keys(["n-1", "n-2"]) == {"n-2": b"two"}

    async def test_hours_are_summed_over_reports_that_state_the_periods(
        self, store: AwardsStore
    ) -> None:
        await store.note_activity(
            [
                note("v-1", 150),
                note("v-1", 50, identity="https://a.kz|r-2", period="2026-H1"),
                note("v-1", 7, identity="https://a.kz|r-3", period="2025-03"),
                ActivityNote("https://b.kz|r-1", 1, "2026-03", {"v-1": 25, "v-2": 400, "v-3": 1}),
            ]
        )
        asked = ["v-1", "v-2", "v-9"]
        found = await store.verified_hundredths(asked, periods=PERIODS)
        assert found == {"v-1": 225, "v-2": 400}
        assert await store.verified_hundredths(["v-1"], periods=["2025-03"]) == {"v-1": 7}
        assert await store.verified_hundredths(["v-1"], periods=[]) == {}
        assert await store.verified_hundredths([], periods=PERIODS) == {}

    async def test_the_highest_version_of_a_report_counts_in_whatever_order(
        self, store: AwardsStore
    ) -> None:
        await store.note_activity([])
        await store.note_activity([note("v-1", 300, version=3), note("v-1", 100)])
        await store.note_activity([note("v-1", 200, version=2)])
        hours = {"v-1": 300}
        assert await store.verified_hundredths(["v-1"], periods=PERIODS) == hours
        await store.note_activity([note("v-1", 300, version=3), note("v-1", 999, version=3)])
        assert await store.verified_hundredths(["v-1"], periods=PERIODS) == hours
        await store.note_activity([note("v-2", 4, version=4, period="2026-H1")])
        found = await store.verified_hundredths(["v-1", "v-2"], periods=PERIODS)
        assert found == {"v-2": 4}

    async def test_a_retracted_report_counts_no_more_and_does_not_come_back(
        self, store: AwardsStore
    ) -> None:
        await store.note_activity([note("v-1", 100)])
        await store.note_activity([ActivityNote("https://a.kz|r-1", 2, "")])
        await store.note_activity([note("v-1", 100)])
        assert await store.verified_hundredths(["v-1"], periods=PERIODS) == {}

    async def test_two_sources_name_their_reports_alike_and_both_count(
        self, store: AwardsStore
    ) -> None:
        await store.note_activity([note("v-1", 100), note("v-1", 20, identity="https://b.kz|r-1")])
        assert await store.verified_hundredths(["v-1"], periods=PERIODS) == {"v-1": 120}

    async def test_an_unreadable_record_is_quarantined_and_told_once(
        self, database: Database, store: AwardsStore
    ) -> None:
        for _ in range(2):
            await store.quarantine(unreadable(), detail="no event")
        answers = [keeper.quarantine(unreadable(8), detail="") for keeper in database.keepers]
        await asyncio.gather(*answers)
        quarantined = sorted(await database.quarantined(), key=lambda row: int(row["offset"]))
        assert quarantined == [unreadable().document(), unreadable(8).document()]
        told = [json.loads(row["value"]) for row in await database.outbox()]
        assert sorted(one["id"] for one in told) == [unreadable().id, unreadable(8).id]
        assert {one["source"] for one in told} == {"urn:birge:awards"}

    async def test_what_a_key_sealed_adds_up_and_its_end_is_noted(
        self, database: Database, store: AwardsStore
    ) -> None:
        assert await store.seals() == {}
        for cycle in ("2025", "2026", "2025"):
            await store.note_seal("k-1", cycle)
        notes = [keeper.note_seal("k-2", "2026") for keeper in database.keepers]
        await asyncio.gather(*notes)
        await store.note_destroyed("k-1")
        await store.note_destroyed("k-3")
        assert await store.seals() == {
            "k-1": Seals(frozenset({"2025", "2026"}), is_destroyed=True),
            "k-2": Seals(frozenset({"2026"})),
            "k-3": Seals(is_destroyed=True),
        }

    async def test_each_event_of_a_change_is_told_once_under_an_id_that_names_its_cause(
        self, database: Database, store: AwardsStore
    ) -> None:
        await store.keep(Change(said=(SOMEBODY,)), now=AT)
        await store.keep(
            Change(said=(SOMEBODY, SOMEBODY), outgoing=(confirmed(), confirmed("n-2"))), now=AT
        )
        rows = await database.outbox()
        told = [json.loads(row["value"]) for row in rows]
        assert [one["id"] for one in told] == ["act-1-0", "act-1-1"]
        assert [one["data"]["nominee"] for one in told] == ["n-1", "n-2"]
        assert {row["topic"] for row in rows} == {AWARDS}
        assert {one["type"] for one in told} == {"kz.birge.laureate.confirmed.v1"}

    async def test_what_changes_nothing_is_told_once_whoever_tells_it(
        self, database: Database, store: AwardsStore
    ) -> None:
        await store.tell(confirmed(), cause="checkpoint-7", now=AT)
        later = AT + timedelta(hours=1)
        told = [one.tell(confirmed(), cause="checkpoint-7", now=later) for one in database.keepers]
        await asyncio.gather(*told)
        await store.tell(confirmed("n-2"), cause="checkpoint-8", now=AT)
        ids = [json.loads(row["value"])["id"] for row in await database.outbox()]
        assert ids == ["checkpoint-7", "checkpoint-8"]
