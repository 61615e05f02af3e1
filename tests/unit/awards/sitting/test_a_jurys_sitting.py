"""One jury at work, from its appointment to the signed result."""

from dataclasses import replace
from datetime import timedelta

import pytest

from birge_awards.domain.acting import Refused
from birge_awards.domain.jury.conflicts import Conflict, Kind, Source
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.sitting.commands import (
    AddMember,
    AssignReviews,
    CastVote,
    CloseScoring,
    CloseVote,
    Command,
    Conclude,
    Declare,
    DismissMember,
    EnsureReviews,
    OpenDeclarations,
    ProposeAwards,
    Recuse,
    Reopen,
    ResumeScoring,
    SayNoExtraJudge,
    ScoreAsExtraJudge,
    SignMinutes,
    VoteOnTie,
)
from birge_awards.domain.sitting.sheets import Sheet, saved
from birge_awards.domain.sitting.sitting import Candidate, Juror, Phase, Sitting
from tests.unit.awards.sitting.sittings import (
    ENDS_AT,
    JURORS,
    Room,
    act,
    declaring,
    deliberating,
    formed,
    scoring,
)

CLEAR = {"n-1": (9, 9, 8, 9), "n-2": (4, 5, 4, 4), "n-3": (6, 6, 6, 6)}
TIED = {"n-1": (8, 8, 6, 6), "n-2": (6, 6, 8, 8), "n-3": (2, 2, 2, 2)}


def refused(room: Room, command: Command, by: str = "manager", days: float = 0) -> str:
    before = room.sitting
    with pytest.raises(Refused) as refusal:
        room.does(command, by, days)
    assert room.sitting is before
    return refusal.value.code


def test_a_jury_comes_from_its_first_member_to_a_signed_result() -> None:
    room = deliberating(CLEAR)
    room.does(ProposeAwards({"n-1": {"en": "For ten years of clean rivers."}}))
    (award,) = room.sitting.awards
    assert (award.nominee, award.place, award.nomination) == ("n-1", 1, "ecology")
    room.sitting = _with_minutes(room, "a" * 64)
    for juror in JURORS[:3]:
        room.does(SignMinutes("a" * 64), by=juror)
    assert room.does(Conclude()).sitting.phase == Phase.CONCLUDED


def _with_minutes(room: Room, minutes: str) -> Sitting:
    return replace(room.sitting, minutes=minutes)


def test_no_phase_is_skipped() -> None:
    assert refused(formed(), AssignReviews("seed", ENDS_AT)) == "wrong_phase"
    assert refused(declaring(), CloseScoring()) == "wrong_phase"
    assert refused(scoring(), ProposeAwards({})) == "wrong_phase"
    assert refused(deliberating(CLEAR), Conclude()) == "wrong_phase"


def test_a_jury_has_one_chair_and_each_member_once() -> None:
    assert refused(formed(), AddMember(Juror("j-1", "KZ"))) == "twice_a_member"
    assert refused(formed(), AddMember(Juror("j-9", "KZ", is_chair=True))) == "second_chair"
    room = Room()
    room.does(AddMember(Juror("j-1", "KZ")))
    candidates = (Candidate("n-1", "ecology", "KZ-11"),)
    assert refused(room, OpenDeclarations(candidates)) == "no_chair"
    assert refused(formed(), OpenDeclarations(())) == "no_candidates"


def test_nothing_is_read_before_everybody_has_declared() -> None:
    room = declaring()
    for juror in JURORS[:3]:
        room.does(Declare(), by=juror)
    assert refused(room, AssignReviews("seed", ENDS_AT)) == "not_declared"
    assert refused(room, Declare(), by="stranger") == "not_a_member"
    assert refused(room, Declare(), by="j-1") == "declared"
    assert refused(room, Declare({"n-9": Kind.KINSHIP}), by="j-4") == "no_candidate"


def test_a_declared_conflict_is_never_assigned() -> None:
    room = declaring(reviews=3)
    room.does(Declare({"n-1": Kind.KINSHIP}), by="j-1")
    for juror in JURORS[1:]:
        room.does(Declare(), by=juror)
    room.does(AssignReviews("seed", ENDS_AT))
    assert room.sitting.readers_of("n-1") == ("j-2", "j-3", "j-4")
    assert "n-1" not in room.sitting.reads_of("j-1")


def test_a_computed_conflict_bars_like_a_declared_one() -> None:
    found = Conflict("n-2", "j-2", Kind.ORGANISATION, Source.COMPUTED, keys=("bin-1",))
    candidates = tuple(Candidate(f"n-{n}", "ecology", "KZ-11") for n in (1, 2, 3))
    room = formed(reviews=3).does(OpenDeclarations(candidates, (found,)))
    for juror in JURORS:
        room.does(Declare(), by=juror)
    room.does(AssignReviews("seed", ENDS_AT))
    assert "j-2" not in room.sitting.readers_of("n-2")


def test_too_few_jurors_say_which_nominee_lacks_whom() -> None:
    room = declaring(reviews=4)
    room.does(Declare({"n-3": Kind.RIVALRY}), by="j-1")
    for juror in JURORS[1:]:
        room.does(Declare(), by=juror)
    with pytest.raises(Refused, match="n-3") as refusal:
        room.does(AssignReviews("seed", ENDS_AT))
    assert refusal.value.code == "too_few_jurors"


def test_a_recusal_is_for_good_and_another_juror_takes_over() -> None:
    room = scoring(reviews=3)
    reader = room.sitting.readers_of("n-1")[0]
    spare = next(one for one in JURORS if one not in room.sitting.readers_of("n-1"))
    room.does(Recuse("n-1", reader, "her cousin"), by=reader)
    assert "n-1" not in room.sitting.reads_of(reader)
    room.does(EnsureReviews())
    assert spare in room.sitting.readers_of("n-1")
    assert reader not in room.sitting.readers_of("n-1")
    assert refused(room, Recuse("n-1", reader, "again"), by=reader) == "barred_already"
    assert refused(room, Recuse("n-2", reader, " "), by=reader) == "no_reason"


def test_the_score_of_a_juror_who_recused_himself_later_does_not_count() -> None:
    room = scoring(reviews=3)
    readers = room.sitting.readers_of("n-1")
    for reader in readers:
        room.scores("n-1", reader, 9)
    room.does(Recuse("n-1", readers[0], "her cousin"), by=readers[0])
    (standings,) = room.facts.standings(room.sitting)
    assert Pair("n-1", readers[0]) not in {one.pair for one in standings.scores}


def test_a_sheet_is_taken_once_in_time_inside_the_scale_and_from_its_reader_alone() -> None:
    room = scoring(reviews=3)
    reader, *_ = room.sitting.readers_of("n-1")
    spare = next(one for one in JURORS if one not in room.sitting.readers_of("n-1"))
    codes = {
        "not_assigned": lambda: room.scores("n-1", spare, 5),
        "outside_scale": lambda: room.scores("n-1", reader, 11),
    }
    for code, tried in codes.items():
        with pytest.raises(Refused) as refusal:
            tried()
        assert refusal.value.code == code
    room.scores("n-1", reader, 5)
    with pytest.raises(Refused) as refusal:
        room.scores("n-1", reader, 6)
    assert refusal.value.code == "already_submitted"
    with pytest.raises(Refused) as refusal:
        saved(room.sitting, None, Sheet("2026", "KZ-11", "n-1", reader), act(reader, 8))
    assert refusal.value.code == "too_late"
    with pytest.raises(Refused) as refusal:
        saved(room.sitting, None, Sheet("2026", "KZ-11", "n-1", reader), act("j-9"))
    assert refusal.value.code == "not_your_sheet"


def test_a_policy_may_ask_for_the_reason_of_each_sheet() -> None:
    room = scoring(reviews=3, reasons_required=True)
    reader, *_ = room.sitting.readers_of("n-1")
    room.scores("n-1", reader, 5)
    assert room.sheets[-1].reason


def test_scoring_closes_when_all_sheets_are_in_or_its_time_is_over() -> None:
    room = scoring(reviews=3)
    assert refused(room, CloseScoring(), days=1) == "sheets_missing"
    assert room.does(CloseScoring(), days=8).sitting.phase == Phase.DELIBERATING


def test_scoring_is_resumed_with_a_reason_and_a_new_end_where_nobody_has_a_quorum() -> None:
    room = scoring(reviews=3).does(CloseScoring(), days=8)
    assert refused(room, ProposeAwards({}), days=8) == "nobody"
    again = ENDS_AT + timedelta(days=7)
    assert refused(room, ResumeScoring(" ", again), days=8) == "no_reason"
    assert refused(room, ResumeScoring("ill", ENDS_AT), days=8) == "deadline"
    room.does(ResumeScoring("two members were ill", again), days=8)
    reader, *_ = room.sitting.readers_of("n-1")
    room.scores("n-1", reader, 9)
    assert refused(room, CloseScoring(), days=9) == "sheets_missing"


def test_scoring_is_extended_before_it_is_closed() -> None:
    room = scoring(reviews=3)
    later = ENDS_AT + timedelta(days=3)
    assert room.does(ResumeScoring("a holiday", later), days=8).sitting.scoring_ends_at == later


def test_who_shared_no_jurors_is_compared_once_a_new_member_reads_both() -> None:
    candidates = tuple(Candidate(nominee, "ecology", "KZ-11") for nominee in ("n-1", "n-2"))
    room = formed(reviews=2).does(OpenDeclarations(candidates))
    for juror, barred in zip(JURORS, ("n-2", "n-2", "n-1", "n-1"), strict=True):
        room.does(Declare({barred: Kind.OTHER}), by=juror)
    room.does(AssignReviews("2026-09-20", ENDS_AT))
    for nominee, mark in (("n-1", 9), ("n-2", 5)):
        for juror in room.sitting.readers_of(nominee):
            room.scores(nominee, juror, mark)
    room.does(CloseScoring())
    assert refused(room, ProposeAwards({"n-1": {"en": "x"}})) == "not_comparable"
    room.does(ResumeScoring("no common order", ENDS_AT, reviews=3))
    room.does(AddMember(Juror("j-9", "KZ", "KZ-11"))).does(Declare(), by="j-9")
    room.does(EnsureReviews())
    assert room.sitting.reads_of("j-9") == ("n-1", "n-2")
    room.scores("n-1", "j-9", 9).scores("n-2", "j-9", 5).does(CloseScoring())
    room.does(ProposeAwards({"n-1": {"en": "For clean rivers."}}))
    assert [one.nominee for one in room.sitting.awards] == ["n-1"]


def test_a_conflict_seen_after_scoring_takes_the_score_out_and_the_word_on_a_tie() -> None:
    room = deliberating(TIED, reviews=4)
    tied = ("n-1", "n-2")
    room.does(SayNoExtraJudge(tied, "all four have read them"))
    for juror, choice in zip(JURORS, ("n-1", "n-1", "n-2", "n-2"), strict=True):
        room.does(VoteOnTie(tied, choice), by=juror)
    room.does(Recuse("n-1", "j-3", "her cousin"))
    (standings,) = room.facts.standings(room.sitting)
    assert Pair("n-1", "j-3") not in {one.pair for one in standings.scores}
    assert (room.sitting.ballots, room.sitting.deliberations) == ((), ())


def test_who_is_honoured_follows_from_the_scores_alone() -> None:
    room = deliberating(CLEAR)
    assert refused(room, ProposeAwards({"n-2": {"en": "we like her"}})) == "no_citation"
    assert (
        refused(room, ProposeAwards({"n-1": {"en": "yes"}, "n-2": {"en": "too"}})) == "no_laureate"
    )


def test_without_a_quorum_nobody_is_honoured() -> None:
    room = scoring(reviews=3)
    reader, *_ = room.sitting.readers_of("n-1")
    room.scores("n-1", reader, 10).does(CloseScoring(), days=8)
    assert refused(room, ProposeAwards({"n-1": {"en": "alone"}}), days=8) == "nobody"


def test_a_tie_waits_for_people_and_goes_the_fixed_way() -> None:
    room = deliberating(TIED)
    assert refused(room, ProposeAwards({"n-1": {"en": "x"}})) == "tie"
    tied = ("n-1", "n-2")
    assert refused(room, VoteOnTie(tied, "n-1"), by="j-1") == "no_such_tie"
    room.does(SayNoExtraJudge(tied, "all four have read them"))
    for juror, choice in zip(JURORS, ("n-1", "n-1", "n-2", "n-2"), strict=True):
        if juror == "j-3":
            assert refused(room, CloseVote(tied)) == "no_quorum"
        room.does(VoteOnTie(tied, choice), by=juror)
    assert refused(room, VoteOnTie(tied, "n-2"), by="j-1") == "voted"
    assert refused(room, VoteOnTie(tied, "n-3"), by="j-1") == "not_tied"
    room.does(CloseVote(tied))
    assert refused(room, CastVote(tied, ("n-2", "n-1"), "steadier"), by="j-2") == "not_the_chair"
    room.does(CastVote(tied, ("n-2", "n-1"), "steadier"), by="j-1")
    room.does(ProposeAwards({"n-2": {"en": "For steady work."}}))
    assert [one.nominee for one in room.sitting.awards] == ["n-2"]


def test_an_extra_judge_parts_who_tied() -> None:
    room = deliberating(TIED, reviews=4)
    room.sitting = _with_member(room, "j-5")
    marks = {
        "n-1": {"impact": 5, "steadiness": 5},
        "n-2": {"impact": 7, "steadiness": 7},
    }
    room.does(ScoreAsExtraJudge(("n-1", "n-2"), marks), by="j-5")  # type: ignore[arg-type]
    room.does(ProposeAwards({"n-2": {"en": "For steady work."}}))
    assert [one.nominee for one in room.sitting.awards] == ["n-2"]


def test_who_was_given_one_of_them_to_read_is_no_extra_judge() -> None:
    room = deliberating(TIED, reviews=4)
    marks = {name: {"impact": 5, "steadiness": 5} for name in ("n-1", "n-2")}
    command = ScoreAsExtraJudge(("n-1", "n-2"), marks)  # type: ignore[arg-type]
    assert refused(room, command, by="j-2") == "has_read"


def test_where_the_chair_was_dismissed_another_member_ends_the_tie() -> None:
    room = deliberating(TIED, reviews=4)
    tied = ("n-1", "n-2")
    room.does(SayNoExtraJudge(tied, "all four have read them"))
    for juror, choice in zip(JURORS, ("n-1", "n-1", "n-2", "n-2"), strict=True):
        room.does(VoteOnTie(tied, choice), by=juror)
    room.does(CloseVote(tied))
    members = tuple(one for one in room.sitting.members if one.person != "j-1")
    room.sitting = replace(room.sitting, members=members)
    room.does(CastVote(tied, ("n-2", "n-1"), "steadier"), by="j-2")
    room.does(ProposeAwards({"n-2": {"en": "For steady work."}}))
    assert [one.nominee for one in room.sitting.awards] == ["n-2"]


def _with_member(room: Room, person: str) -> Sitting:
    members = (*room.sitting.members, Juror(person, "KZ", "KZ-11"))
    return replace(room.sitting, members=members)


def test_who_has_a_conflict_does_not_vote_on_a_tie() -> None:
    room = declaring(reviews=3)
    room.does(Declare({"n-3": Kind.KINSHIP}), by="j-4")
    for juror in JURORS[:3]:
        room.does(Declare(), by=juror)
    room.does(AssignReviews("seed", ENDS_AT))
    for nominee in ("n-1", "n-2", "n-3"):
        for juror in room.sitting.readers_of(nominee):
            room.scores(nominee, juror, 5)
    room.does(CloseScoring())
    tied = ("n-1", "n-2", "n-3")
    room.does(SayNoExtraJudge(tied, "nobody is left"))
    assert refused(room, VoteOnTie(tied, "n-1"), by="j-4") == "conflict"


def test_two_thirds_of_the_members_without_a_conflict_sign() -> None:
    room = deliberating(CLEAR).does(ProposeAwards({"n-1": {"en": "yes"}}))
    room.sitting = _with_minutes(room, "b" * 64)
    assert refused(room, SignMinutes("c" * 64), by="j-1") == "other_minutes"
    assert refused(room, SignMinutes("b" * 64), by="manager") == "not_a_member"
    for juror in JURORS[:2]:
        room.does(SignMinutes("b" * 64), by=juror)
    assert refused(room, SignMinutes("b" * 64), by="j-1") == "signed"
    assert refused(room, Conclude()) == "no_quorum"
    assert room.does(SignMinutes("b" * 64), by="j-3").does(Conclude()).sitting.signatures


def test_a_result_taken_back_is_signed_anew() -> None:
    room = deliberating(CLEAR).does(ProposeAwards({"n-1": {"en": "yes"}}))
    assert refused(room, Reopen(" ")) == "no_reason"
    room.does(Reopen("a sheet was lost"))
    assert (room.sitting.awards, room.sitting.minutes, room.sitting.signatures) == ((), None, {})


def test_a_member_who_leaves_counts_no_more_and_does_not_return() -> None:
    room = scoring(reviews=3)
    room.does(DismissMember("j-2", "moved abroad"))
    assert "j-2" not in room.sitting.unconflicted("n-1")
    assert room.sitting.reads_of("j-2") == ()
    assert refused(room, AddMember(Juror("j-2", "KZ"))) == "dismissed"
    room.does(EnsureReviews())
    assert all("j-2" not in room.sitting.readers_of(one) for one in ("n-1", "n-2", "n-3"))
