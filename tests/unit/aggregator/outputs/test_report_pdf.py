"""The printed report says the year in three languages, with its reservations and its proof."""

from functools import cache

import pytest

from birge_aggregator.domain.disclosure.protection import protect
from birge_aggregator.domain.publication.frozen import Answers
from birge_aggregator.outputs.languages import HERE
from birge_aggregator.outputs.report_pdf import report_pdf
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


def test_each_region_has_a_page_in_the_order_of_its_alphabet() -> None:
    pages = [" ".join(page.split()) for page in pdf_pages(report("ru"))]
    names = ["Акмолинская область", "Актюбинская область", "Алматинская область"]
    chapter = [place for place, page in enumerate(pages) if "Регионы, по названию" in page][-1]
    assert [names[place] in pages[chapter + place] for place in range(3)] == [True] * 3


def test_a_region_is_told_by_its_own_shares_and_past() -> None:
    said = " ".join(text("en").split())
    astana = said[said.rindex(edition_2022().commentary["KZ-71"]["en"]) :]
    assert "Over a quarter of its hours" in astana[:400]
    assert "15,119" in astana[:900]
    assert "9,986" in astana[:900]


@pytest.mark.parametrize(
    ("language", "legend"),
    [("kk", "● 25 %-дан астам"), ("ru", "● более 25 %"), ("en", "● over 25 %")],
)
def test_the_matrix_marks_what_prevails_and_says_what_its_marks_mean(
    language: Language, legend: str
) -> None:
    said = " ".join(text(language).split())
    assert legend in said
    assert said.count("●") > 10
    assert said.count("×") > 50


def test_it_has_its_methods_and_the_addresses_of_its_reference_data() -> None:
    said = " ".join(text("en").split())
    assert "Regions are not ranked" in said
    assert "Average wages by region" in said
    assert "wages_by_region" not in said
    assert "urn:birge:statistics-bureau" in said.replace("\u200b", "").replace(" ", "")


def test_participants_stand_by_age_and_occupation() -> None:
    said = " ".join(text("en").split())
    for share in ("30.2 %", "55.0 %", "47.5 %"):
        assert share in said or share.replace(" ", "") in said


def test_it_proves_itself() -> None:
    said = text("en")
    assert edition_2022().content_hash in said.replace("\n", "")
    assert "birge.submissions.v1" in said


def test_it_is_tagged_for_screen_readers() -> None:
    assert b"pdfuaid" in report("kk")
