"""Reading and scoring: drafts that are not lost, a check before it counts, no sheet of others."""

from dataclasses import replace
from datetime import timedelta

from birge_awards.domain.cycle.policy import Policy
from birge_awards.domain.sitting.sheets import Sheet
from tests.support.awards_house import MANAGER
from tests.support.jury_room import SEAT, TEXT, JuryRoom, a_room
from tests.unit.awards.cycle.building import ECOLOGY, POLICY

SHEET = {"mark-impact": "7", "mark-steadiness": "8", "reason": "Forty clean-ups.", "unsure": "yes"}
STEADINESS_MAY_BE_LEFT_OUT = replace(
    POLICY,
    nominations=(
        replace(
            ECOLOGY,
            criteria=(ECOLOGY.criteria[0], replace(ECOLOGY.criteria[1], required=False)),
        ),
        *POLICY.nominations[1:],
    ),
)
REASONS_REQUIRED = replace(POLICY, reasons_required=True)


async def a_review(policy: Policy = POLICY) -> tuple[JuryRoom, str]:
    """A jury that scores, and the address of the first nominee of its first member."""
    room = await a_room(policy, scoring=True)
    return room, f"{SEAT}/reviews/{(await room.sitting()).reads_of('j-1')[0]}"


async def sheet_at(room: JuryRoom, address: str) -> Sheet | None:
    nominee = address.rpartition("/")[2]
    held = await room.api.house.store.sheet("2026", "KZ-11", nominee, "j-1")
    return held.value if held else None


async def test_the_list_is_numbered_and_leads_to_the_first_that_is_not_submitted() -> None:
    room, address = await a_review()
    seen = await room.sees("j-1", f"{SEAT}/reviews")
    assert "Nominee 1 Ecology Not begun Nominee 2 Ecology Not begun" in seen.text
    assert seen.links.index(address) < seen.links.index(address, seen.links.index(address) + 1)
    await room.sends("j-1", address, {**SHEET, "do": "save"})
    assert "Nominee 1 Ecology Draft" in (await room.sees("j-1", f"{SEAT}/reviews")).text


async def test_before_the_draw_the_list_says_what_it_waits_for() -> None:
    room = await a_room()
    seen = await room.sees("j-1", f"{SEAT}/reviews")
    assert "Nothing to read yet" in seen.text
    assert "draws who reads whom" in seen.text


async def test_the_text_and_every_criterion_with_its_weight_are_on_one_page() -> None:
    room, address = await a_review()
    seen = await room.sees("j-1", address)
    assert seen.title == "Nominee 1 of 2"
    assert TEXT in seen.text
    assert "Impact Weight: 3 of 5" in seen.text
    assert "Steadiness Weight: 2 of 5" in seen.text
    assert "Marks go from 1, the lowest, to 10, the highest." in seen.text
    assert "Does not apply" not in seen.text, "both criteria are required"


async def test_a_draft_may_be_half_and_comes_back_as_it_was() -> None:
    room, address = await a_review()
    saved = await room.sends("j-1", address, {"mark-impact": "7", "unsure": "yes", "do": "save"})
    assert (saved.status, saved.leads_to) == (303, f"{address}?done=saved")
    seen = await room.sees("j-1", saved.leads_to)
    assert "The draft is kept." in seen.text
    assert '<option value="7" selected>' in seen.html
    assert seen.html.count(" selected") == 1
    assert 'value="yes" checked' in seen.html


async def test_submitting_keeps_the_draft_shows_it_and_takes_the_second_factor() -> None:
    room, address = await a_review()
    sent = await room.sends("j-1", address, {**SHEET, "do": "submit"}, steps_up=False)
    assert (sent.status, sent.leads_to) == (303, f"{address}/submit")
    check = await room.sees("j-1", sent.leads_to)
    assert "Impact 7 Steadiness 8" in check.text
    assert "Forty clean-ups. How sure you are I am not sure" in check.text
    late = await room.sends("j-1", f"{address}/submit", check.hidden, steps_up=False)
    assert (late.status, late.leads_to) == (303, f"/step-up?next={address}/submit")
    kept = await sheet_at(room, address)
    assert kept is not None
    assert (kept.submitted_at, kept.reason) == (None, "Forty clean-ups."), "nothing is lost"
    done = await room.sends("j-1", f"{address}/submit", check.hidden)
    assert done.leads_to == f"{address}?done=submitted"
    submitted = await sheet_at(room, address)
    assert submitted is not None
    assert submitted.submitted_at is not None
    assert not submitted.is_confident


async def test_a_submitted_sheet_is_shown_and_cannot_be_changed() -> None:
    room, address = await a_review()
    await room.sends("j-1", address, {**SHEET, "do": "submit"})
    check = await room.sees("j-1", f"{address}/submit")
    await room.sends("j-1", f"{address}/submit", check.hidden)
    seen = await room.sees("j-1", address)
    assert "Submitted. It stands" in seen.text
    other = f"{SEAT}/reviews/{(await room.sitting()).reads_of('j-1')[1]}"
    assert seen.text.count("Read the next one") == 1
    assert other in seen.links
    assert "<select" not in seen.html
    again = await room.sends("j-1", address, {**SHEET, "mark-impact": "1", "do": "save"})
    assert again.status == 422
    assert "You have submitted this sheet; it stands." in again.text
    assert (await room.sees("j-1", f"{address}/submit")).leads_to == address


async def test_what_is_submitted_is_what_was_shown() -> None:
    room, address = await a_review()
    await room.sends("j-1", address, {**SHEET, "do": "submit"})
    check = await room.sees("j-1", f"{address}/submit")
    await room.sends("j-1", address, {**SHEET, "mark-impact": "1", "do": "save"})
    refused = await room.sends("j-1", f"{address}/submit", check.hidden)
    assert refused.status == 409
    assert "The draft has changed since this page was shown" in refused.text
    assert "Impact 1" in refused.text
    held = await sheet_at(room, address)
    assert held is not None
    assert held.submitted_at is None


async def test_a_mark_outside_the_scale_is_told_at_its_field_and_nothing_typed_is_lost() -> None:
    room, address = await a_review()
    for mark in ("11", "0", "-1", "NaN", "Infinity", "ten", "n/a"):
        sent = await room.sends("j-1", address, {**SHEET, "mark-impact": mark, "do": "submit"})
        assert sent.status == 422, mark
        assert 'href="#mark-impact"' in sent.html
        assert "Forty clean-ups." in sent.html
        assert '<option value="8" selected>' in sent.html


async def test_a_criterion_without_a_mark_is_told_but_the_draft_is_kept() -> None:
    room, address = await a_review()
    sent = await room.sends("j-1", address, {"mark-impact": "7", "do": "submit"})
    assert sent.status == 422
    assert 'href="#mark-steadiness"' in sent.html
    assert "A criterion has no mark yet." in sent.text
    kept = await sheet_at(room, address)
    assert kept is not None
    assert dict(kept.marks) == {"impact": 7}


async def test_a_criterion_may_not_apply_where_the_policy_lets_it() -> None:
    room, address = await a_review(STEADINESS_MAY_BE_LEFT_OUT)
    assert (await room.sees("j-1", address)).text.count("Does not apply") == 1
    sent = await room.sends("j-1", address, {**SHEET, "mark-steadiness": "n/a", "do": "submit"})
    assert sent.status == 303
    assert "Steadiness Does not apply" in (await room.sees("j-1", sent.leads_to)).text


async def test_a_reason_is_asked_for_where_the_policy_wants_one() -> None:
    room, address = await a_review(REASONS_REQUIRED)
    sent = await room.sends("j-1", address, {**SHEET, "reason": "  ", "do": "submit"})
    assert sent.status == 422
    assert 'href="#reason"' in sent.html
    free, elsewhere = await a_review()
    assert (
        await free.sends("j-1", elsewhere, {**SHEET, "reason": "", "do": "submit"})
    ).status == 303


async def test_a_reason_has_an_end() -> None:
    room, address = await a_review()
    long = {**SHEET, "reason": "x" * 4_001}
    for path in (address, f"{address}/recuse"):
        sent = await room.sends("j-1", path, {**long, "do": "save"})
        assert "Say it in at most 4,000 characters." in sent.text
    assert await sheet_at(room, address) is None
    assert (await room.sitting()).recusals == ()


async def test_somebody_erased_meanwhile_is_read_no_more() -> None:
    room, address = await a_review()
    nominee = address.rpartition("/")[2]
    await room.api.house.nominations.erase(nominee, "asked by letter", MANAGER)
    seen = await room.sees("j-1", address)
    assert seen.status == 403
    assert "Айгүл" not in seen.text


async def test_after_the_end_of_scoring_no_form_is_offered_and_none_is_taken() -> None:
    room, address = await a_review()
    await room.sends("j-1", address, {**SHEET, "do": "save"})
    check = await room.sees("j-1", f"{address}/submit")
    room.api.house.clock.advance(timedelta(days=8))
    late = await room.sends("j-1", f"{address}/submit", check.hidden)
    assert late.status == 409
    assert "The term is over." in late.text
    seen = await room.sees("j-1", address)
    assert "This draft was not submitted and does not count." in seen.text
    assert "<select" not in seen.html


async def test_a_nominee_of_somebody_else_is_not_read() -> None:
    room, _ = await a_review()
    sitting = await room.sitting()
    [other] = set(room.nominees) - set(sitting.reads_of("j-1"))
    for page in ("", "/submit", "/recuse"):
        assert (await room.sees("j-1", f"{SEAT}/reviews/{other}{page}")).status == 403
    sent = await room.sends("j-1", f"{SEAT}/reviews/{other}", {**SHEET, "do": "save"})
    assert sent.status == 403


async def test_nothing_is_read_before_the_declaration() -> None:
    room = await a_room(scoring=True)
    await room.comes_later("j-5", declares=False)
    seen = await room.sees("j-5", f"{SEAT}/reviews/{room.nominees[0]}")
    assert seen.status == 403
    assert TEXT not in seen.text


async def test_nobody_sees_what_others_gave_nor_how_many_did() -> None:
    room, address = await a_review()
    nominee = address.rpartition("/")[2]
    held = await room.held()
    before = {
        page: (await room.sees("j-1", page)).text for page in (SEAT, f"{SEAT}/reviews", address)
    }
    for juror in held.sitting.value.readers_of(nominee):
        if juror != "j-1":
            await room.api.house.scores(held, nominee, juror, 3)
    after = {page: (await room.sees("j-1", page)).text for page in before}
    assert after == before


async def test_a_member_recuses_with_a_reason_and_reads_the_nominee_no_more() -> None:
    room, address = await a_review()
    nominee = address.rpartition("/")[2]
    check = await room.sees("j-1", f"{address}/recuse")
    assert "You do not read, score or vote on this nominee any more." in check.text
    empty = await room.sends("j-1", f"{address}/recuse", {"reason": ""})
    assert 'href="#reason"' in empty.html
    done = await room.sends("j-1", f"{address}/recuse", {"reason": "She is my cousin."})
    assert done.leads_to == f"{SEAT}?done=recused"
    [recusal] = (await room.sitting()).recusals
    assert (recusal.nominee, recusal.juror, recusal.reason) == (nominee, "j-1", "She is my cousin.")
    assert (await room.sees("j-1", address)).status == 403
