"""Every text is there in Kazakh and Russian, and the check would tell if it were not."""

from pathlib import Path

import pytest

from birge_common.web.pages.catalogues import texts_of
from birge_common.web.pages.rendering import CATALOGUES, HERE
from birge_common.web.pages.translation_check import untranslated
from tests.support.pages_demo import demo

_HEADS = {
    "kk": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 &&"
    " (n%100<10 || n%100>=20) ? 1 : 2);",
}
_TEXT = 'msgid "Hello, %(name)s"\nmsgstr "Сәлем, %(name)s"\n'


def _faults(folder: Path, template: str, *, kk: str = _TEXT, head: str = _HEADS["kk"]) -> list[str]:
    (folder / "page.html").write_text(template, encoding="utf-8")
    for language, body, forms in (("kk", kk, head), ("ru", _TEXT, _HEADS["ru"])):
        text = f'msgid ""\nmsgstr ""\n"Plural-Forms: {forms}\\n"\n\n{body}'
        (folder / f"{language}.po").write_text(text, encoding="utf-8")
    return untranslated([folder / "page.html"], [folder])


_PAGE = '{{ _("Hello, %(name)s", name=1) }}'


def test_the_shell_is_translated() -> None:
    assert untranslated([HERE], [CATALOGUES]) == []


def test_the_demo_is_translated() -> None:
    assert untranslated([demo.HERE], [demo.CATALOGUES]) == []


def test_what_is_complete_passes(tmp_path: Path) -> None:
    assert _faults(tmp_path, _PAGE) == []


@pytest.mark.parametrize(
    ("template", "kk", "head", "fault"),
    [
        (_PAGE, "", _HEADS["kk"], "kk: lacks 'Hello, %(name)s'"),
        (_PAGE, _TEXT.replace("Сәлем, %(name)s", ""), _HEADS["kk"], "kk: lacks"),
        (_PAGE, "#, fuzzy\n" + _TEXT, _HEADS["kk"], "kk: lacks"),
        (_PAGE, _TEXT.replace("м, %(name)s", "м, %(who)s"), _HEADS["kk"], "kk: other placeholders"),
        (_PAGE, _TEXT, "nplurals=1; plural=0;", "kk: plural forms"),
        ("", _TEXT, _HEADS["kk"], "kk: nobody uses"),
        (_PAGE + "{% trans %}More{% endtrans %}", _TEXT, _HEADS["kk"], "kk: lacks 'More'"),
        (_PAGE + "{{ ngettext('a', 'b', 2) }}", _TEXT, _HEADS["kk"], "kk: lacks ('a', 'b')"),
    ],
)
def test_each_fault_is_told(tmp_path: Path, template: str, kk: str, head: str, fault: str) -> None:
    assert any(each.startswith(fault) for each in _faults(tmp_path, template, kk=kk, head=head))


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 запись"), (3, "3 записи"), (11, "11 записей"), (21, "21 запись")]
)
def test_russian_counts_in_three_forms(count: int, said: str) -> None:
    texts = texts_of("ru", [CATALOGUES])
    assert texts.plural("%(num)s entry", "%(num)s entries", count) == said


def test_kazakh_nouns_stay_as_they_are_after_a_number() -> None:
    texts = texts_of("kk", [CATALOGUES])
    said = [texts.plural("%(num)s entry", "%(num)s entries", count) for count in (1, 5)]
    assert said == ["1 жазба", "5 жазба"]


def test_english_is_what_the_code_says() -> None:
    assert texts_of("en", [CATALOGUES])("Signed in: %(name)s", name="A") == "Signed in: A"
