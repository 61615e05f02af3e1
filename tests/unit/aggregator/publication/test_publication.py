"""A publication goes its way by two people, and never back once it is out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from birge_aggregator.domain.publication.checklist import ERROR, WARNING, Note
from birge_aggregator.domain.publication.publication import (
    Act,
    Approve,
    ChangeRecommendation,
    Check,
    Command,
    Freeze,
    FreezeAnew,
    Publication,
    Refused,
    SendBack,
    SetChangeNote,
    SetRecommendations,
    State,
    Withdraw,
    WriteCommentary,
    after,
    begun,
    frozen,
    issued,
    own_notes,
    superseded,
)
from birge_aggregator.domain.publication.words import Recommendation

NOW = datetime(2023, 2, 1, 9, tzinfo=UTC)
WRITER, CHECKER, APPROVER = "writer", "checker", "approver"
THREE = {"kk": "а", "ru": "б", "en": "c"}
FREEZE = Freeze("t", NOW, NOW, {"birge.submissions.v1": {"0": 1}}, (), (), 0)
LATER = NOW + timedelta(days=1)


def act(by: str = WRITER) -> Act:
    return Act(by, NOW)


def draft(**changes: object) -> Publication:
    publication = replace(begun("2022", (), act()), freeze=FREEZE)
    return replace(publication, **changes)  # type: ignore[arg-type]


def done(publication: Publication, command: Command, by: str, first: bool = True) -> Publication:
    return after(publication, command, act(by), is_first=first)


def checked() -> Publication:
    written = done(draft(), WriteCommentary("KZ", THREE), WRITER)
    return done(written, Check("hash"), CHECKER)


def approved() -> Publication:
    return done(checked(), Approve(LATER), APPROVER)


def refusal(publication: Publication, command: Command, by: str, first: bool = True) -> str:
    with pytest.raises(Refused) as refused:
        done(publication, command, by, first)
    return refused.value.code


def test_a_publication_goes_its_way() -> None:
    out = issued(approved(), LATER)
    assert (out.id, out.state, out.content_hash) == ("2022-edition-1", State.PUBLISHED, "hash")
    assert (out.checked, out.approved) == (act(CHECKER), act(APPROVER))
    assert superseded(out).state == State.SUPERSEDED


@pytest.mark.parametrize("by", [WRITER, CHECKER])
def test_who_wrote_or_checked_it_does_not_approve_it(by: str) -> None:
    assert refusal(checked(), Approve(LATER), by) == "four_eyes"


def test_nobody_checks_what_is_not_frozen() -> None:
    assert refusal(draft(freeze=None), Check("hash"), CHECKER) == "not_frozen"


def test_an_error_of_the_figures_blocks_it_and_a_warning_does_not() -> None:
    wrong = draft(freeze=replace(FREEZE, notes=(Note(ERROR, "sum"),)))
    assert refusal(wrong, Check("hash"), CHECKER) == "errors"
    doubtful = draft(freeze=replace(FREEZE, notes=(Note(WARNING, "region_silent"),)))
    assert done(doubtful, Check("hash"), CHECKER).state == State.CHECKED


def test_a_commentary_that_lacks_a_language_blocks_it() -> None:
    half = done(draft(), WriteCommentary("KZ-71", {**THREE, "ru": " "}), WRITER)
    assert own_notes(half, is_first=True) == [
        Note(ERROR, "language_missing", region="KZ-71", what="ru")
    ]
    assert refusal(half, Check("hash"), CHECKER) == "errors"


def test_an_amendment_says_what_changed() -> None:
    assert refusal(draft(), Check("hash"), CHECKER, first=False) == "errors"
    noted = done(draft(), SetChangeNote(THREE), WRITER, first=False)
    assert done(noted, Check("hash"), CHECKER, first=False).state == State.CHECKED


@pytest.mark.parametrize(
    "command",
    [
        WriteCommentary("KZ", THREE),
        SetRecommendations(()),
        SetChangeNote(THREE),
        FreezeAnew(),
        Check("other"),
    ],
)
@pytest.mark.parametrize("publication", [checked(), approved(), issued(approved(), LATER)])
def test_nothing_is_edited_once_it_is_checked(publication: Publication, command: Command) -> None:
    assert refusal(publication, command, WRITER) == "state"


@pytest.mark.parametrize("command", [SendBack("why"), Withdraw("why"), Approve(LATER)])
@pytest.mark.parametrize("state", [State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN])
def test_what_is_out_or_given_up_stays_so(state: State, command: Command) -> None:
    assert refusal(replace(approved(), state=state), command, APPROVER) == "state"


@pytest.mark.parametrize("publication", [checked(), approved()])
def test_what_was_sent_back_needs_both_people_again(publication: Publication) -> None:
    returned = done(publication, SendBack("The hours of Astana"), APPROVER)
    assert (returned.state, returned.checked, returned.approved) == (State.DRAFT, None, None)
    assert (returned.content_hash, returned.publish_at) == (None, None)
    assert returned.returned == "The hours of Astana"


@pytest.mark.parametrize("command", [SendBack(" "), Withdraw("")])
def test_a_reason_is_given(command: Command) -> None:
    assert refusal(checked(), command, APPROVER) == "no_reason"


def test_a_moment_that_is_over_is_refused() -> None:
    assert refusal(checked(), Approve(NOW - timedelta(seconds=1)), APPROVER) == "past"


def test_it_is_not_out_before_its_moment() -> None:
    with pytest.raises(Refused, match="moment"):
        issued(approved(), LATER - timedelta(microseconds=1))


def test_only_a_draft_takes_figures() -> None:
    assert frozen(draft(freeze=None), FREEZE).freeze == FREEZE
    with pytest.raises(Refused):
        frozen(checked(), FREEZE)


def test_figures_can_be_taken_anew() -> None:
    assert done(draft(), FreezeAnew(), WRITER).freeze is None


@pytest.mark.parametrize("period", ["2022-03", "2022-06~12m", "2022-Q1", ""])
def test_only_half_years_and_years_are_published(period: str) -> None:
    with pytest.raises(Refused, match="half-year"):
        begun(period, (), act())


@pytest.mark.parametrize("period", ["2023", "2023-H1", "2023-H2", "2030"])
def test_a_period_that_is_not_over_is_not_published(period: str) -> None:
    with pytest.raises(Refused, match="not over") as refused:
        begun(period, (), act())
    assert refused.value.code == "not_over"


def test_a_half_year_is_over_on_the_first_day_after_it() -> None:
    last, first = datetime(2023, 6, 30, 23, tzinfo=UTC), datetime(2023, 7, 1, tzinfo=UTC)
    assert begun("2023-H1", (), Act(WRITER, first)).id == "2023-H1-edition-1"
    with pytest.raises(Refused):
        begun("2023-H1", (), Act(WRITER, last))


def test_one_draft_of_a_period_is_open_at_a_time() -> None:
    with pytest.raises(Refused, match="2022-edition-1"):
        begun("2022", (draft(),), act())


def test_an_amendment_has_the_next_number_and_the_recommendations_so_far() -> None:
    said = Recommendation("2021", THREE, "partly")
    out = replace(approved(), state=State.PUBLISHED, recommendations=(said,))
    given_up = replace(draft(), number=2, state=State.WITHDRAWN)
    amendment = begun("2022", (out, given_up), act())
    assert (amendment.id, amendment.recommendations) == ("2022-edition-3", (said,))


def test_a_text_comes_in_three_languages() -> None:
    assert refusal(draft(), WriteCommentary("KZ", {"kk": "а"}), WRITER) == "languages"
    assert refusal(draft(), SetChangeNote({**THREE, "kk": ""}), WRITER) == "languages"


def test_a_commentary_can_be_taken_away() -> None:
    written = done(draft(), WriteCommentary("KZ", THREE), WRITER)
    assert done(written, WriteCommentary("KZ", None), WRITER).commentary == {}


def test_a_recommendation_has_a_known_state() -> None:
    said = SetRecommendations((Recommendation("2021", THREE, "forgotten"),))
    assert refusal(draft(), said, WRITER) == "unknown_state"


def test_a_recommendation_is_changed_only_as_it_was_seen() -> None:
    first, second = (Recommendation(since, THREE, "partly") for since in ("2020", "2021"))
    new = Recommendation("2021", THREE, "done")
    table = done(draft(), SetRecommendations((first, second)), WRITER)
    changed = done(table, ChangeRecommendation(second, new), WRITER)
    assert changed.recommendations == (first, new)
    assert refusal(changed, ChangeRecommendation(second, None), WRITER) == "state"
