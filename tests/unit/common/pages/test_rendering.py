"""What every page has: languages, formats, sign-in state, safe texts."""

from urllib.parse import quote

import pytest
from httpx import AsyncClient
from markupsafe import escape


async def test_kazakh_is_the_language_of_who_asks_for_none(reader: AsyncClient) -> None:
    answer = await reader.get("/demo")
    assert '<html lang="kk">' in answer.text
    assert "2026 жылғы марапаттар" in answer.text
    assert answer.headers["content-language"] == "kk"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en-GB,ru;q=0.5", "en"),
        ("de,en;q=0.5,ru;q=0.8", "ru"),
        ("ru;q=0,en;q=nonsense,de", "kk"),
        ("KK", "kk"),
    ],
)
async def test_the_browser_s_best_known_language_is_taken(
    reader: AsyncClient, accepted: str, language: str
) -> None:
    answer = await reader.get("/demo", headers={"Accept-Language": accepted})
    assert answer.headers["content-language"] == language
    assert "set-cookie" not in answer.headers


async def test_a_chosen_language_is_kept_against_the_browser_s(reader: AsyncClient) -> None:
    chosen = await reader.get("/demo?language=ru")
    assert "birge_language=ru" in chosen.headers["set-cookie"]
    assert "SameSite=lax" in chosen.headers["set-cookie"]
    assert "Max-Age=31536000" in chosen.headers["set-cookie"]
    later = await reader.get("/demo", headers={"Accept-Language": "en"})
    assert later.headers["content-language"] == "ru"


async def test_an_unknown_language_is_not_kept(reader: AsyncClient) -> None:
    answer = await reader.get("/demo?language=xx")
    assert answer.headers["content-language"] == "kk"
    assert "set-cookie" not in answer.headers


async def test_the_switch_keeps_the_address(reader: AsyncClient) -> None:
    page = (await reader.get("/demo?name=a%26b&language=ru")).text
    assert 'href="/demo?name=a%26b&amp;language=en"' in page
    assert 'lang="ru" hreflang="ru" aria-current="true"' in page


async def test_a_foreign_host_gets_into_no_link(reader: AsyncClient) -> None:
    page = (await reader.get("/demo", headers={"Host": "evil.example"})).text
    assert "evil.example" not in page


@pytest.mark.parametrize(
    ("language", "formats"),
    [
        (
            "kk",
            "1 234 567,5 | 42 501 ₸ | 12,3 % | 2026 ж. 24 қараша | "
            "2026 ж. 24 қараша, 01:07 (UTC+5)",
        ),
        (
            "ru",
            "1 234 567,5 | 42 501 ₸ | 12,3 % | 24 ноября 2026 г. | "
            "24 ноября 2026 г., 01:07 (UTC+5)",
        ),
        (
            "en",
            "1,234,567.5 | 42,501 ₸ | 12.3 % | 24 November 2026 | 24 November 2026, 01:07 (UTC+5)",
        ),
    ],
)
async def test_figures_and_times_are_written_in_the_page_s_language(
    reader: AsyncClient, language: str, formats: str
) -> None:
    page = (await reader.get(f"/demo?language={language}")).text
    shown = page.partition('<p id="formats">')[2].partition("</p>")[0]
    assert shown.replace("\u00a0", " ").replace("\u202f", " ") == formats
    assert "42" in shown
    assert " ₸" not in shown, "an amount could break across lines"


@pytest.mark.parametrize(
    ("language", "entries"), [("kk", "61 жазба"), ("ru", "61 запись"), ("en", "61 entries")]
)
async def test_counted_words_follow_the_language(
    reader: AsyncClient, language: str, entries: str
) -> None:
    assert entries in (await reader.get(f"/demo?language={language}")).text


@pytest.mark.parametrize("text", ['<img src=x onerror="alert(1)">', "{{7*7}}", "'\"><script>"])
async def test_what_people_typed_is_shown_as_text(reader: AsyncClient, text: str) -> None:
    page = (await reader.get(f"/demo?name={quote(text)}&person={quote(text)}")).text
    assert page.count(str(escape(text))) == 3, "as the person's name, in a field and in an area"


async def test_a_signed_in_person_sees_the_name_and_the_way_out(reader: AsyncClient) -> None:
    page = (await reader.get("/demo?person=Айгүл&language=en")).text
    assert "Signed in: Айгүл" in page
    assert '<form method="post" action="/sign-out">' in page
    assert page.count('name="csrf_token" value="a-token"') == 3


async def test_a_stranger_is_led_to_sign_in_and_back(reader: AsyncClient) -> None:
    page = (await reader.get("/demo?name=x&language=en")).text
    assert 'href="/sign-in?next=/demo%3Fname%3Dx%26language%3Den"' in page
    assert "/sign-out" not in page


async def test_the_footer_names_build_and_trace(reader: AsyncClient) -> None:
    traced = {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}
    page = (await reader.get("/demo?language=en", headers=traced)).text
    assert "Version 1.2.3" in page.partition("<footer")[2]
    assert "ab" * 16 in page.partition("<footer")[2]


async def test_an_error_is_told_above_and_at_its_field_and_nothing_typed_is_lost(
    reader: AsyncClient,
) -> None:
    page = (await reader.get("/demo?name=wrong&language=en")).text
    assert '<li><a href="#name">Enter the name.</a></li>' in page
    field = page.partition('<input id="name"')[2].partition(">")[0]
    assert 'value="wrong"' in field
    assert 'aria-describedby="name-hint name-error" aria-invalid="true"' in field
    assert 'id="name-error"' in page


async def test_choices_keep_what_was_chosen(reader: AsyncClient) -> None:
    page = (await reader.get("/demo")).text
    assert '<option value="KZ-35" selected>' in page
    assert 'type="radio" id="one" name="one" value="KZ-35" checked' in page
    assert 'type="checkbox" id="some-2" name="some" value="KZ-75" checked' in page
    assert 'id="some" name="some" value="KZ-35">' in page


async def test_a_task_says_whose_it_is_and_until_when(reader: AsyncClient) -> None:
    page = (await reader.get("/demo?language=en")).text
    assert "Done: 1 of 4" in page
    assert "Waiting: Қарағанды облысы" in page
    assert "Due: 2 March 2026" in page
    assert "Due: 2 January 2026" not in page, "what is done is not due"


async def test_the_pager_keeps_the_search(reader: AsyncClient) -> None:
    page = (await reader.get("/demo?language=en")).text
    assert "Page 2 of 4" in page
    assert 'rel="prev" href="/demo?q=%D0%B0+%D0%B1&amp;page=1"' in page
    assert 'rel="next" href="/demo?q=%D0%B0+%D0%B1&amp;page=3"' in page
