"""The minutes: read by members and overseers alone, printed with the hash that is signed."""

import hashlib
from dataclasses import replace

from birge_awards.domain.sitting.commands import SignMinutes
from birge_awards.ports import Caller, Change, Kept
from tests.support.awards_house import MANAGER
from tests.support.jury_room import JURORS, OF_PANEL, PANEL, SEAT, JuryRoom, a_room
from tests.support.pdf_text import pdf_pages, squeezed

MINUTES, SIGN = f"{OF_PANEL}/minutes", f"{SEAT}/sign"


async def a_proposal() -> JuryRoom:
    room = await a_room(scoring=True)
    await room.scores(dict(zip(room.nominees, (9, 7, 5), strict=True)))
    await room.proposes(room.nominees[0])
    return room


async def hash_in(room: JuryRoom) -> str:
    minutes = (await room.sitting()).minutes
    assert minutes is not None
    return minutes


async def test_the_page_shows_scores_side_by_side_places_citations_and_the_hash() -> None:
    room = await a_proposal()
    seen = await room.sees("j-1", MINUTES)
    assert await hash_in(room) in seen.text
    assert "Raw mean" in seen.text
    assert "Calibrated" in seen.text
    assert "1 Айгүл Бекова 1 3 of 3 9.00" in seen.text
    assert "For the work." in seen.text
    assert f"{OF_PANEL}/minutes.pdf?language=kk" in seen.links


async def test_members_managers_and_auditors_read_them_and_nobody_else() -> None:
    room = await a_proposal()
    statuses = dict.fromkeys(("j-1", "manager", "auditor"), 200) | {"stranger": 403, "south": 404}
    for who, status in statuses.items():
        for path in (MINUTES, f"{MINUTES}.pdf"):
            assert (await room.sees(who, path)).status == status, who
        answer = await room.api.asks(who, "GET", MINUTES.removeprefix("/awards"))
        assert answer.status_code == status


async def test_there_are_none_before_the_result_is_proposed() -> None:
    room = await a_room(scoring=True)
    await room.scores(dict(zip(room.nominees, (9, 7, 5), strict=True)))
    for who in ("j-1", "manager", "auditor"):
        for path in (MINUTES, f"{MINUTES}.pdf"):
            assert (await room.sees(who, path)).status == 404
        answer = await room.api.asks(who, "GET", MINUTES.removeprefix("/awards"))
        assert (answer.status_code, answer.json()["code"]) == (404, "no_minutes")


async def test_the_record_as_json_has_no_names_and_is_what_was_hashed() -> None:
    room = await a_proposal()
    answer = await room.api.asks("auditor", "GET", MINUTES.removeprefix("/awards"))
    assert hashlib.sha256(answer.content).hexdigest() == await hash_in(room)
    assert answer.headers["content-type"] == "application/json"
    assert "Айгүл" not in answer.text
    [nomination] = answer.json()["nominations"]
    assert nomination["laureates"][0]["nominee"] == room.nominees[0]


async def test_the_printed_hash_is_the_one_that_is_signed() -> None:
    room = await a_proposal()
    for language in ("kk", "ru", "en"):
        await prints(room, language)


async def prints(room: JuryRoom, language: str) -> None:
    answer = await room.api.opens("j-1", f"{MINUTES}.pdf?language={language}")
    assert answer.headers["content-type"] == "application/pdf"
    assert (
        f'filename="minutes-2026-{PANEL}-{language}.pdf"' in answer.headers["content-disposition"]
    )
    printed = squeezed("".join(pdf_pages(answer.content)))
    assert await hash_in(room) in printed
    assert "АйгүлБекова1" in printed


async def test_a_language_that_minutes_are_not_printed_in_is_refused() -> None:
    room = await a_proposal()
    assert (await room.sees("j-1", f"{MINUTES}.pdf?language=de")).status == 400


async def test_who_agreed_to_no_publication_has_initials_in_the_minutes() -> None:
    room = JuryRoom()
    house = room.api.house
    await house.opens_nominations(policy=room.policy)
    consents = {"processing": True, "publication": False}
    room.nominees.append(await house.receives(1, consents=consents))
    await house.opens_regional_stage()
    await house.appoints(PANEL, ("j-1", "j-2", "j-3"))
    await house.sittings.open_declarations("2026", PANEL, MANAGER)
    await room.assigns()
    await room.scores({room.nominees[0]: 8})
    await room.proposes(room.nominees[0])
    for page in (MINUTES, SIGN):
        seen = await room.sees("j-1", page)
        assert "А. Б." in seen.text
        assert "Бекова" not in seen.text


async def test_a_member_signs_with_the_second_factor_what_the_page_said() -> None:
    room = await a_proposal()
    check = await room.sees("j-1", SIGN)
    assert "Ecology Place 1: Айгүл Бекова 1" in check.text
    assert MINUTES in check.links
    assert await hash_in(room) in check.text
    late = await room.sends("j-1", SIGN, check.hidden, steps_up=False)
    assert (late.status, late.leads_to) == (303, f"/step-up?next={SIGN}")
    assert (await room.sitting()).signatures == {}
    done = await room.sends("j-1", SIGN, check.hidden)
    assert done.leads_to == f"{SEAT}?done=signed"
    assert (await room.sitting()).signatures.keys() == {"j-1"}
    assert (await room.sees("j-1", SIGN)).leads_to == SEAT, "nobody signs twice"


async def test_other_minutes_than_those_shown_are_not_signed() -> None:
    room = await a_proposal()
    refused = await room.sends("j-1", SIGN, {"minutes": "0" * 64})
    assert refused.status == 409
    assert "These are not the minutes to sign; read them anew." in refused.text
    assert (await room.sitting()).signatures == {}


async def test_a_signature_changes_neither_the_record_nor_its_hash() -> None:
    room = await a_proposal()
    before = await room.api.asks("j-1", "GET", MINUTES.removeprefix("/awards"))
    check = await room.sees("j-2", SIGN)
    await room.sends("j-2", SIGN, check.hidden)
    after = await room.api.asks("j-1", "GET", MINUTES.removeprefix("/awards"))
    assert after.content == before.content
    assert (await room.sees("j-1", MINUTES)).status == 200


async def test_erasing_a_laureate_takes_the_name_and_leaves_the_signed_hash() -> None:
    room = await a_proposal()
    sittings, before = room.api.house.sittings, await hash_in(room)
    for juror in JURORS:
        await sittings.does("2026", PANEL, SignMinutes(before), Caller(juror))
    await sittings.conclude("2026", PANEL, MANAGER)
    await room.api.house.nominations.erase(room.nominees[0], "asked by letter", MANAGER)
    seen = await room.sees("j-1", MINUTES)
    assert "Айгүл Бекова 1" not in seen.text
    assert "Айгүл Бекова 2" in seen.text
    assert before in seen.text
    [read] = [one for one in (await room.sitting()).reads_of("j-1") if one == room.nominees[0]]
    gone = await room.sees("j-1", f"{SEAT}/reviews/{read}")
    assert gone.status == 409
    assert "This person was erased; nothing more is kept of them." in gone.text


async def test_a_record_that_is_not_the_one_proposed_is_never_shown() -> None:
    room = await a_proposal()
    held = (await room.held()).sitting
    changed = replace(held.value, minutes="0" * 64)
    now = room.api.house.clock.now()
    await room.api.house.store.keep(Change((Kept(changed, held.revision),)), now=now)
    for path in (MINUTES, f"{MINUTES}.pdf", SIGN):
        assert (await room.sees("j-1", path)).status == 409
