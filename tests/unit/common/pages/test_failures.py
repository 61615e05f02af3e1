"""A failed page says what is safe and what to do; programs still get problem details."""

import pytest
from httpx import AsyncClient

TRACED = {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}


@pytest.mark.parametrize(
    ("language", "title"),
    [("kk", "Бет табылмады"), ("ru", "Страница не найдена"), ("en", "Page not found")],
)
async def test_a_missing_page_is_told_in_the_reader_s_language(
    reader: AsyncClient, language: str, title: str
) -> None:
    answer = await reader.get(f"/nowhere?language={language}")
    assert answer.status_code == 404
    assert f"<h1>{title}</h1>" in answer.text
    assert "/docs" not in answer.text, "that is for programmers"


async def test_a_refusal_tells_its_reason_and_keeps_its_headers(reader: AsyncClient) -> None:
    answer = await reader.get("/refusing?language=ru")
    assert (answer.status_code, answer.headers["retry-after"]) == (409, "1")
    assert "Ситуация изменилась" in answer.text
    assert "Приходите раньше." in answer.text


async def test_a_reason_without_translation_is_left_out(reader: AsyncClient) -> None:
    assert "Only in English." not in (await reader.get("/untold?language=kk")).text
    assert "Only in English." in (await reader.get("/untold?language=en")).text


async def test_a_bug_says_what_is_safe_and_nothing_of_the_inside(reader: AsyncClient) -> None:
    answer = await reader.get("/broken?language=en", headers=TRACED)
    assert answer.status_code == 500
    assert "What was saved before is safe." in answer.text
    assert "secret" not in answer.text
    assert "ab" * 16 in answer.text.partition("<main")[2].partition("</main>")[0]


async def test_even_a_bug_is_answered_under_the_policy_and_not_kept(reader: AsyncClient) -> None:
    answer = await reader.get("/broken")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_program_gets_problem_details_of_the_same_failure(reader: AsyncClient) -> None:
    for path, status in (("/nowhere", 404), ("/refusing", 409), ("/broken", 500)):
        answer = await reader.get(path, headers={"Accept": "application/json", **TRACED})
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, answer.json()["trace_id"]) == (status, "ab" * 16)


async def test_a_route_of_programs_answers_browsers_in_its_own_way(reader: AsyncClient) -> None:
    answer = await reader.get("/v1/refusing")
    assert answer.headers["content-type"] == "application/problem+json"
