"""Two people bring a publication out over HTTP, and nobody else does."""

from datetime import timedelta

import pytest

from tests.support.desk_room import DESK, ID, DeskRoom
from tests.support.publication_house import NOW, PERIOD, clean_figures

THREE = {"kk": "ә", "ru": "б", "en": "c"}
HOURS = f"/v1/statistics/hours?period={PERIOD}"


@pytest.fixture
def room() -> DeskRoom:
    clean_figures()
    return DeskRoom()


async def test_without_a_key_nothing_is_answered_before_an_edition_is_out(room: DeskRoom) -> None:
    assert (await room.asks("stranger", "GET", HOURS)).status_code == 401
    await room.is_out()
    answer = await room.asks("stranger", "GET", HOURS)
    assert answer.status_code == 200
    assert answer.json()["as_of"]["edition"] == ID
    assert answer.json()["rows"]


async def test_other_periods_stay_behind_the_key(room: DeskRoom) -> None:
    await room.is_out()
    for period in ("2022", "2022-03", "2021-H1"):
        answer = await room.asks("stranger", "GET", f"/v1/statistics/hours?period={period}")
        assert answer.status_code == 401


@pytest.mark.parametrize("format_", ["csv", "xlsx", "json"])
async def test_an_edition_answers_in_every_form(room: DeskRoom, format_: str) -> None:
    await room.is_out()
    address = f"/v1/publications/{ID}/statistics/hours?region=KZ-71&format={format_}"
    first, again = [await room.asks("stranger", "GET", address) for _ in range(2)]
    assert first.status_code == 200
    assert first.content == again.content
    assert "public" in first.headers["Cache-Control"]


async def test_a_layer_is_asked_of_rows_that_tell_it(room: DeskRoom) -> None:
    await room.is_out()
    rows = (await room.asks("stranger", "GET", f"{HOURS}&layer=grant")).json()["rows"]
    assert {row["layer"] for row in rows} <= {"grant"}
    address = f"/v1/statistics/formats?period={PERIOD}&layer=grant"
    assert (await room.asks("stranger", "GET", address)).status_code == 400


async def test_a_draft_is_not_listed(room: DeskRoom) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    assert (await room.asks("stranger", "GET", "/v1/publications")).json() == {"publications": []}


async def test_editions_that_are_out_are_listed(room: DeskRoom) -> None:
    await room.is_out()
    [one] = (await room.asks("stranger", "GET", "/v1/publications")).json()["publications"]
    assert (one["id"], one["number"], one["superseded_by"]) == (ID, 1, None)
    assert one == (await room.asks("stranger", "GET", f"/v1/publications/{ID}")).json()


async def test_files_are_read_once_it_is_out(room: DeskRoom) -> None:
    address = f"/publications/{ID}/files/edition.json"
    assert (await room.asks("stranger", "GET", address)).status_code == 404
    await room.is_out()
    file = await room.asks("stranger", "GET", address)
    assert (file.status_code, file.headers["Content-Type"]) == (200, "application/json")
    assert "attachment" in file.headers["Content-Disposition"]
    missing = await room.asks("stranger", "GET", f"/publications/{ID}/files/other.pdf")
    assert missing.status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 401), ("juror", 403), ("approver", 403), ("auditor", 403)]
)
async def test_who_is_no_editor_begins_nothing(room: DeskRoom, who: str, status: int) -> None:
    answer = await room.asks(who, "POST", DESK, {"period": PERIOD})
    assert answer.status_code == status
    assert room.store.kept == {}


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 401), ("juror", 403), ("auditor", 200), ("astana", 200)]
)
async def test_drafts_are_read_by_those_who_work_on_them(
    room: DeskRoom, who: str, status: int
) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    for path in (DESK, f"{DESK}/{ID}"):
        assert (await room.asks(who, "GET", path)).status_code == status


async def test_an_editor_of_a_region_writes_of_that_region_alone(room: DeskRoom) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    path = f"{DESK}/{ID}/commentary"
    assert (await room.asks("astana", "PUT", f"{path}/KZ-71", THREE)).status_code == 200
    for elsewhere in ("KZ-75", "KZ"):
        assert (await room.asks("astana", "PUT", f"{path}/{elsewhere}", THREE)).status_code == 403
    assert (await room.asks("editor", "PUT", f"{path}/KZ-99", THREE)).status_code == 422


async def test_nobody_approves_his_own_work(room: DeskRoom) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    await room.house.publisher.work()
    await room.does("both", f"{DESK}/{ID}/check")
    answer = await room.asks("both", "POST", f"{DESK}/{ID}/approve", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "four_eyes")


async def test_approving_takes_the_second_factor(room: DeskRoom) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    await room.house.publisher.work()
    await room.does("editor", f"{DESK}/{ID}/check")
    path = f"{DESK}/{ID}/approve"
    answer = await room.asks("approver", "POST", path, {}, steps_up=False)
    assert (answer.status_code, answer.json()["code"]) == (403, "step_up_required")


async def test_it_comes_out_at_the_chosen_moment(room: DeskRoom) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    await room.house.publisher.work()
    await room.does("editor", f"{DESK}/{ID}/check")
    moment = (NOW + timedelta(days=1)).isoformat()
    said = await room.does("approver", f"{DESK}/{ID}/approve", {"publish_at": moment})
    assert said["state"] == "approved"
    await room.house.publisher.work()
    assert (await room.asks("stranger", "GET", f"/v1/publications/{ID}")).status_code == 404
    room.clock.advance(timedelta(days=1))
    await room.house.publisher.work()
    assert (await room.asks("stranger", "GET", f"/v1/publications/{ID}")).status_code == 200


@pytest.mark.parametrize(
    "moment", ["2023-03-01T09:00:00", (NOW - timedelta(minutes=1)).isoformat()]
)
async def test_a_moment_without_zone_or_in_the_past_is_refused(room: DeskRoom, moment: str) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    await room.house.publisher.work()
    await room.does("editor", f"{DESK}/{ID}/check")
    answer = await room.asks("approver", "POST", f"{DESK}/{ID}/approve", {"publish_at": moment})
    assert answer.status_code == 422


async def test_the_checklist_says_what_blocks(room: DeskRoom) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    await room.house.publisher.work()
    half = {**THREE, "en": ""}
    said = await room.does("editor", f"{DESK}/{ID}/commentary/KZ-71", half, method="PUT")
    assert [(one["code"], one["region"], one["what"]) for one in said["notes"]] == [
        ("language_missing", "KZ-71", "en")
    ]
    answer = await room.asks("editor", "POST", f"{DESK}/{ID}/check")
    assert (answer.status_code, answer.json()["code"]) == (409, "errors")


async def test_a_form_of_another_site_changes_nothing(room: DeskRoom) -> None:
    answer = await room.posts("editor", DESK, {}, has_token=False)
    assert answer.status_code == 403
