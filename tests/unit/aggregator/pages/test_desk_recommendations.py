"""The table of earlier recommendations is written row by row, and no row is lost to a race."""

import re

import pytest

from tests.support.desk_room import DESK, ID, DeskRoom
from tests.support.publication_house import PERIOD, clean_figures

TABLE = f"/desk/publications/{ID}/recommendations"
ROW = {
    "since": "2021",
    "state": "partly",
    "text_kk": "Сағаттарды бір рет санау",
    "text_ru": "Считать часы один раз",
    "text_en": "Count hours once",
}


@pytest.fixture
async def room() -> DeskRoom:
    clean_figures()
    room = DeskRoom()
    await room.does("editor", DESK, {"period": PERIOD})
    await room.house.publisher.work()
    return room


async def rows_in(room: DeskRoom) -> list[str]:
    page = (await room.opens("editor", TABLE)).text
    return re.findall(rf"{TABLE}/([0-9a-f]+)", page)


async def test_an_editor_writes_one_and_reads_it_in_each_language(room: DeskRoom) -> None:
    assert "None is written down" in (await room.opens("editor", TABLE)).text
    done = await room.posts("editor", f"{TABLE}/new", ROW)
    assert (done.status_code, done.headers["Location"]) == (303, TABLE)
    for language, text in (("kk", "text_kk"), ("ru", "text_ru"), ("en", "text_en")):
        assert ROW[text] in (await room.opens("auditor", TABLE, language=language)).text


async def test_a_row_is_changed_in_its_place(room: DeskRoom) -> None:
    for since in ("2019", "2020", "2021"):
        await room.posts("editor", f"{TABLE}/new", {**ROW, "since": since})
    _, second, _ = await rows_in(room)
    assert 'value="2020"' in (await room.opens("editor", f"{TABLE}/{second}")).text
    await room.posts("editor", f"{TABLE}/{second}", {**ROW, "since": "2020", "state": "done"})
    kept = room.store.kept[ID].publication.recommendations
    assert [(one.since, one.state) for one in kept] == [
        ("2019", "partly"),
        ("2020", "done"),
        ("2021", "partly"),
    ]


async def test_a_row_is_taken_out(room: DeskRoom) -> None:
    for since in ("2020", "2021"):
        await room.posts("editor", f"{TABLE}/new", {**ROW, "since": since})
    first, _ = await rows_in(room)
    await room.posts("editor", f"{TABLE}/{first}", {**ROW, "since": "2020", "remove": "1"})
    assert [one.since for one in room.store.kept[ID].publication.recommendations] == ["2021"]


async def test_who_changes_an_older_row_is_told_so_and_changes_nothing(room: DeskRoom) -> None:
    await room.posts("editor", f"{TABLE}/new", ROW)
    (seen_by_both,) = await rows_in(room)
    await room.posts("editor", f"{TABLE}/{seen_by_both}", {**ROW, "state": "done"})
    late = await room.posts("both", f"{TABLE}/{seen_by_both}", {**ROW, "state": "not_done"})
    assert late.status_code == 404
    assert "look at the list anew" in late.text
    assert [one.state for one in room.store.kept[ID].publication.recommendations] == ["done"]


@pytest.mark.parametrize(
    ("lacks", "told"),
    [
        ("text_kk", "Give the text in Kazakh, Russian and English."),
        ("since", "Say which report recommended it"),
        ("state", "Choose what became of it."),
    ],
)
async def test_what_lacks_is_told_and_what_was_typed_stays(
    room: DeskRoom, lacks: str, told: str
) -> None:
    page = await room.posts("editor", f"{TABLE}/new", {**ROW, lacks: ""})
    assert page.status_code == 409
    assert told in page.text
    assert ROW["text_ru"] in page.text
    assert room.store.kept[ID].publication.recommendations == ()


async def test_auditors_and_editors_of_a_region_only_read_it(room: DeskRoom) -> None:
    for who in ("auditor", "approver", "astana"):
        assert (await room.opens(who, TABLE)).status_code == 200
        assert (await room.posts(who, f"{TABLE}/new", ROW)).status_code == 403


async def test_nothing_is_written_once_it_is_checked(room: DeskRoom) -> None:
    await room.posts("editor", f"/desk/publications/{ID}/check", {})
    assert "Add a recommendation" not in (await room.opens("editor", TABLE)).text
    assert (await room.posts("editor", f"{TABLE}/new", ROW)).status_code == 409


async def test_explanations_are_shown_with_the_edition(room: DeskRoom) -> None:
    notes = {f"note_{language}": f"because {language}" for language in ("kk", "ru", "en")}
    await room.posts("editor", f"{TABLE}/new", {**ROW, **notes})
    page = (await room.opens("editor", f"/publications/{ID}")).text
    assert "Count hours once" in page
    assert "because en" in page
