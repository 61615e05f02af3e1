"""What a reader finds in the PDF, read back out of the file itself."""

import re
import time
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from birge_awards.minutes.pdf import minutes_pdf
from birge_awards.minutes.record import (
    Citation,
    ConflictCount,
    LaureateOfRecord,
    MinutesRecord,
    NominationOfRecord,
    Signature,
    Stability,
    record_hash,
)
from birge_awards.minutes.texts import LANGUAGES, TEXTS, say
from birge_awards.minutes.view import view_of
from tests.support.pdf_text import pdf_pages, squeezed
from tests.unit.awards.minutes.records import (
    CLOSED_AT,
    MEMBERS,
    VOLUNTEER,
    record,
    signatures,
    standing,
    volunteer_nomination,
)


def read(said: MinutesRecord, language: str, signed: tuple[Signature, ...] = ()) -> str:
    """The text of all pages, without white space."""
    return squeezed("".join(pdf_pages(minutes_pdf(said, language, signed))))


def said_by(language: str, *texts: str) -> list[str]:
    """Which of these texts are not on the pages of the whole record."""
    text = read(record(), language, signatures())
    return [one for one in texts if squeezed(one) not in text]


def leaves(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            shown = {key: each for key, each in value.items() if key not in NOT_SHOWN}
            return [leaf for each in shown.values() for leaf in leaves(each)]
        case list():
            return [leaf for each in value for leaf in leaves(each)]
    return []


NOT_SHOWN = ("kind", "align", "widths", "language", "page", "document_title", "level")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_of_the_view_is_on_the_pages(language: str) -> None:
    view = view_of(record(), language, signatures())
    texts = [leaf for leaf in leaves(view) if leaf != table_title(view, leaf)]

    assert len(texts) > 150
    assert said_by(language, *texts) == []


def table_title(view: dict[str, Any], leaf: str) -> str | None:
    """The leaf where it is what only a screen reader says of a table."""
    titles = [block["title"] for block in view["blocks"] if block["kind"] == "table"]
    return leaf if leaf in titles else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_on_the_pages(language: str) -> None:
    names = [one.name for one in MEMBERS]
    names += [one.name for one in volunteer_nomination().standings]

    assert said_by(language, *names) == []


@pytest.mark.parametrize(
    ("language", "figures"),
    [
        ("kk", ["5 ішінен 4", "8,768,600,31", "1 500 000 ₸", "500 000 ₸", "2 000 000 ₸", "12 345"]),
        ("ru", ["4 из 5", "8,768,600,31", "1 500 000 ₸", "500 000 ₸", "2 000 000 ₸", "12 345"]),
        ("en", ["4 of 5", "8.768.600.31", "1,500,000 ₸", "500,000 ₸", "2,000,000 ₸", "12,345"]),
    ],
)
def test_every_figure_is_in_the_readers_writing(language: str, figures: list[str]) -> None:
    assert said_by(language, *figures) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "kk",
            [
                "ХАТТАМА № KZ-62/3",
                "Ұлытау облысы",
                "Жезқазған қаласы",
                "2026 ж. 20 қараша, 13:30 (Алматы уақыты)",
                "Номинация: Жыл еріктісі",
                "Кворум бар, отырыс шешім қабылдауға құқылы.",
                "Әйгерім Нұрланқызы Сәтбаева – Данияр Қ.",
                "соңғы күні: 2026 ж. 30 қараша.",
            ],
        ),
        (
            "ru",
            [
                "ПРОТОКОЛ № KZ-62/3",
                "область Ұлытау",
                "20 ноября 2026 г., 16:45 (время Алматы)",
                "Номинация: Волонтёр года",
                "за – 2, против – 1, воздержались – 0",
                "Награда не присуждается. Обоснование: Үміткерлер болған жоқ.",
                "по 30 ноября 2026 г. включительно",
            ],
        ),
        (
            "en",
            [
                "MINUTES № KZ-62/3",
                "Ulytau Region",
                "November 20, 2026, 13:30 (Almaty time)",
                "Category: Volunteer of the year",
                "Tied: Данияр Қ., Мария Ли. Became: 1) Данияр Қ.; 2) Мария Ли.",
                "Reason: Ауылдағы тұрақты жұмыс.",
                "until and including November 30, 2026",
            ],
        ),
    ],
)
def test_what_the_sitting_did_is_told_in_words(language: str, words: list[str]) -> None:
    assert said_by(language, *words) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_citation_stands_in_all_its_languages_the_readers_first(language: str) -> None:
    text = read(record(), language)
    said = {
        "kk": text.index(squeezed("Қарттар үйіндегі үш жылдық еңбегі үшін.")),
        "ru": text.index(squeezed("За три года работы в доме престарелых.")),
        "en": text.index(squeezed("For three years of work in a home for the elderly.")),
    }

    assert min(said, key=said.__getitem__) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_carries_the_hash_of_the_record_and_its_number(language: str) -> None:
    pages = pdf_pages(minutes_pdf(record(), language))

    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert record_hash(record()) in squeezed(page)
        footer = say("page", language, page=number, pages=len(pages))
        assert squeezed(footer) in squeezed(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_record_gives_the_same_bytes(language: str) -> None:
    assert minutes_pdf(record(), language, signatures()) == minutes_pdf(
        record(), language, signatures()
    )


def test_the_date_of_the_file_is_the_end_of_the_sitting() -> None:
    pdf = minutes_pdf(record(), "en")
    later = minutes_pdf(replace(record(), closed_at=CLOSED_AT + timedelta(days=1)), "en")

    assert b"D:20261120114500" in pdf
    assert b"D:20261121114500" in later


@pytest.mark.parametrize(("language", "tag"), [("kk", b"kk"), ("ru", b"ru"), ("en", b"en")])
def test_the_file_is_tagged_with_its_language_and_says_so(language: str, tag: bytes) -> None:
    pdf = minutes_pdf(record(), language)

    assert b"/Lang(" + tag + b"-KZ)" in pdf
    assert b"/Marked true" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/TH" in pdf


INJECTIONS = (
    '#eval("1+1")',
    '"); #panic("out") //',
    '#read("/etc/passwd")',
    "*bold* _it_ `raw` $x^2$ = head",
    "\\u{41} @ref <label> [x](y)",
    '{"kind": "heading"} {page}',
    "<script>alert(1)</script>",
    "--- ... ~ -? 'q'",
)


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_looks_like_a_command_is_printed_as_it_stands(text: str) -> None:
    nomination = replace(
        volunteer_nomination(),
        standings=(standing(1, text),),
        title=replace(VOLUNTEER, en=text),
        ties=(),
        stability=None,
        laureates=(LaureateOfRecord("n1", text, 1, Citation(en=text)),),
    )
    hostile = replace(
        record(),
        number=text,
        award=replace(VOLUNTEER, en=text),
        members=(replace(MEMBERS[0], name=text), *MEMBERS[1:]),
        nominations=(nomination, replace(nomination, laureates=(), no_award=text)),
    )

    # Number, award, member, nominee, laureate, titles, citation, reason: each as it was written.
    assert read(hostile, "en").count(squeezed(text)) >= 10


def test_a_name_without_a_space_breaks_inside_its_cell() -> None:
    name = "Ә" * 400
    runs = "\n".join(pdf_pages(minutes_pdf(with_member(name), "kk")))

    assert squeezed(runs).count(name) == 3, "a member, who voted, and is among the signatures"
    assert max(len(run.strip()) for run in re.findall("Ә[Ә\u200b]*", runs)) < 60


def with_member(name: str) -> MinutesRecord:
    """The record with a member of this name, who was present."""
    return replace(record(), members=(*MEMBERS[:2], replace(MEMBERS[2], name=name), MEMBERS[3]))


@pytest.mark.parametrize("name", ["王小明", "Имя 😀"])
def test_a_name_in_a_script_that_the_fonts_lack_stops_no_minutes(name: str) -> None:
    pdf = minutes_pdf(with_member(name), "en")

    assert len(pdf_pages(pdf)) == 3
    assert b"/Marked true" in pdf


@pytest.mark.parametrize("control", ["\x00", "\x1b", "\ufffe"])
def test_a_control_character_is_printed_as_a_mark(control: str) -> None:
    assert "Ли\ufffdса" in read(with_member(f"Ли{control}са"), "ru")


def test_a_name_cannot_turn_the_direction_of_what_follows() -> None:
    assert "Ли\ufffdса" in read(with_member("Ли\u202eса"), "ru")


def many(number: int) -> MinutesRecord:
    """A record with so many nominees in one nomination."""
    standings = tuple(standing(each, f"Үміткер №{each:03} Тегі") for each in range(1, number + 1))
    nomination = replace(volunteer_nomination(), standings=standings)
    return replace(record(), nominations=(nomination,))


def test_a_long_table_repeats_its_header_on_every_page() -> None:
    pages = [squeezed(page) for page in pdf_pages(minutes_pdf(many(120), "kk"))]
    with_nominees = [page for page in pages if re.search(r"Үміткер№\d{3}Тегі5ішінен4", page)]

    assert len(with_nominees) >= 3
    for page in with_nominees:
        assert squeezed(TEXTS["calibrated_column"].kk) in page


def test_forty_nominees_are_all_there() -> None:
    text = read(many(40), "ru")

    assert [n for n in range(1, 41) if f"Үміткер№{n:03}Тегі" not in text] == []


def test_minutes_with_twenty_nominees_take_less_than_a_second() -> None:
    minutes_pdf(record(), "kk")
    began = time.perf_counter()
    minutes_pdf(many(20), "kk", signatures())

    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("key", "without"),
    [
        ("conflicts", {"conflicts": (), "recusals": 0}),
        ("appeal", {"appeal": None}),
        ("log", {"checkpoint": None}),
        ("plan_hash", {"plan": None}),
        ("standings", {"nominations": (record().nominations[1],)}),
        ("ties", {"nominations": (replace(volunteer_nomination(), ties=()),)}),
        ("stability", {"nominations": (replace(volunteer_nomination(), stability=None),)}),
        ("citation", {"nominations": (record().nominations[1],)}),
        ("prizes_total", {"nominations": (record().nominations[1],)}),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_with_nothing_to_say_is_left_out(
    language: str, key: str, without: dict[str, Any]
) -> None:
    label = squeezed(TEXTS[key].in_language(language))

    assert label in read(record(), language)
    assert label not in read(replace(record(), **without), language)


def test_conflicts_are_told_by_number_alone() -> None:
    text = read(replace(record(), conflicts=(ConflictCount("kinship", 11, 22),)), "en")

    assert "kinship1122" in text
    assert "Recusals3" in text


def test_places_of_parts_that_cannot_be_compared_are_shown_by_part() -> None:
    nomination = replace(volunteer_nomination(), comparability="NOT_COMPARABLE")
    text = read(replace(record(), nominations=(nomination,)), "en")

    assert "PlacePartNominee" in text
    assert squeezed("The scores cannot be compared") in text
    assert "PlacePartNominee" not in read(record(), "en")


def test_a_stable_result_says_so() -> None:
    nomination = replace(volunteer_nomination(), stability=Stability())
    text = read(replace(record(), nominations=(nomination,)), "en")

    assert squeezed(TEXTS["stability.stable"].en) in text
    assert squeezed(TEXTS["stability.changes"].en) not in text


def test_a_sitting_without_a_quorum_says_so() -> None:
    short = replace(record(), quorum=replace(record().quorum, unconflicted=1))

    assert squeezed(TEXTS["quorum.not_met"].en) in read(short, "en")
    assert squeezed(TEXTS["quorum.met"].en) not in read(short, "en")


@pytest.mark.parametrize(
    ("panel", "shown"),
    [
        ("KZ-75", "Алматы қаласы"),
        ("national", "Ұлттық кезең комиссиясы"),
        ("international", "Халықаралық комиссия"),
    ],
)
def test_the_panel_is_named(panel: str, shown: str) -> None:
    assert squeezed(shown) in read(replace(record(), panel=panel), "kk")


def test_who_signed_stands_with_the_time_and_who_did_not_is_not_left_out() -> None:
    text = read(record(), "en", signatures())
    absent = MEMBERS[3].name

    assert squeezed("chair Әйгерім Нұрланқызы Сәтбаева November 20, 2026, 16:50") in text
    assert squeezed("Ғалымжан Өтегенұлы Қуанышбек not signed") in text
    assert squeezed(absent) not in text[text.index("RoleNameSigned") :]


def test_who_signed_without_having_been_present_is_listed_too() -> None:
    late = Signature("m4", MEMBERS[3].name, CLOSED_AT)

    assert squeezed("member Һарон Ыбырайұлы November 20, 2026, 16:45") in read(
        record(), "en", (late,)
    )


def test_signatures_leave_the_hash_on_the_page_as_it_is() -> None:
    unsigned, signed = read(record(), "en"), read(record(), "en", signatures())

    assert unsigned != signed
    assert record_hash(record()) in unsigned
    assert record_hash(record()) in signed


def test_a_score_of_zero_is_a_figure_and_none_is_a_dash() -> None:
    zero = replace(standing(1, "Нөл"), raw_mean=Decimal(0), calibrated=None)
    nomination = NominationOfRecord("x", VOLUNTEER, (zero,), "COMPARABLE", no_award="–")

    assert "Нөл4of50.00–0.31" in read(replace(record(), nominations=(nomination,)), "en")


@pytest.mark.parametrize("language", ["de", "", "KK"])
def test_another_language_is_refused(language: str) -> None:
    with pytest.raises(ValueError, match="kk, ru, en"):
        minutes_pdf(record(), language)
