"""The printed report says the year in three languages, with its reservations and its proof."""

from functools import cache

import pytest

from birge_aggregator.domain.disclosure.protection import protect
from birge_aggregator.domain.publication.frozen import Answers
from birge_aggregator.outputs.report_pdf import HERE, report_pdf
from birge_common.web.pages.languages import LANGUAGES, Language
from birge_common.web.pages.translation_check import untranslated
from tests.support.edition_2022 import edition_2022, frozen_2022
from tests.support.pdf_text import pdf_pages

ADDRESS = "http://birge"
TITLES = {
    "kk": "Қазақстандағы волонтёрлік: 2022",
    "ru": "Волонтёрство в Казахстане: 2022",
    "en": "Volunteering in Kazakhstan: 2022",
}


@cache
def protected() -> Answers:
    return protect(frozen_2022().answers)


@cache
def report(language: Language) -> bytes:
    return report_pdf(edition_2022(), protected(), language=language, address=ADDRESS)


@cache
def text(language: Language) -> str:
    return "\n".join(pdf_pages(report(language))).replace("\u00a0", " ").replace("\u202f", " ")


def test_every_text_is_translated() -> None:
    assert untranslated([HERE], [HERE / "locale"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_edition_gives_the_same_pages(language: Language) -> None:
    again = report_pdf(edition_2022(), protected(), language=language, address=ADDRESS)
    assert again == report(language)


@pytest.mark.parametrize(
    ("language", "hours", "volunteers"),
    [
        ("kk", "1 088 387", "139 671"),
        ("ru", "1 088 387", "139 671"),
        ("en", "1,088,387", "139,671"),
    ],
)
def test_it_has_the_figures_of_the_year(language: Language, hours: str, volunteers: str) -> None:
    said = text(language)
    assert TITLES[language] in said
    assert hours in said
    assert volunteers in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_commentary_caveats_and_recommendations_are_in_its_language(language: Language) -> None:
    said = " ".join(text(language).split())
    edition = edition_2022()
    assert edition.commentary["KZ"][language] in said
    assert edition.commentary["KZ-71"][language] in said
    assert edition.recommendations[0].text[language].split()[0] in said


def test_what_is_hidden_or_not_provided_is_said_in_words() -> None:
    assert "not provided" in text("en")
    assert "hidden to protect small groups" in " ".join(text("en").split())


def test_it_proves_itself() -> None:
    said = text("en")
    assert edition_2022().content_hash in said.replace("\n", "")
    assert "birge.submissions.v1" in said


def test_it_is_tagged_for_screen_readers() -> None:
    assert b"pdfuaid" in report("kk")
