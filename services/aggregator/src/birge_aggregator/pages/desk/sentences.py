"""What states, notes of the checklist and refusals are in words."""

from collections.abc import Mapping

from birge_aggregator.domain.publication.checklist import Note
from birge_aggregator.domain.publication.publication import State
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.site.findings_page import CHECKS
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.pages.site.table_words import TABLE_WORDS
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.words import Words

STATES: Mapping[State, str] = {
    State.DRAFT: N_("draft"),
    State.CHECKED: N_("checked"),
    State.APPROVED: N_("approved"),
    State.PUBLISHED: N_("published"),
    State.SUPERSEDED: N_("superseded"),
    State.WITHDRAWN: N_("withdrawn"),
}
STEPS: Mapping[str, str] = {
    "freezing": N_("Figures are being frozen"),
    "protecting": N_("Small groups are being hidden"),
    "files": N_("Files are being made"),
    "altered": N_("What is stored is not what was checked: send it back"),
}
_NOTES: Mapping[str, str] = {
    "sum": N_("A sum does not hold: %(what)s in %(table)s, %(found)s instead of %(expected)s"),
    "nothing_reported": N_("Nothing was reported about the period"),
    "two_figures": N_(
        "A figure stands in two answers with two values: %(what)s in %(table)s, %(found)s and "
        "%(expected)s"
    ),
    "no_caveat": N_("A caveat is left out: %(what)s in %(table)s"),
    "no_method": N_("A method or source is left out: %(what)s in %(table)s"),
    "open_error": N_("Errors that nobody has explained: %(what)s, %(count)s"),
    "open_warning": N_("Findings that nobody has explained: %(what)s, %(count)s"),
    "region_silent": N_("Nothing was submitted"),
    "no_change_note": N_("An amendment has to say what changed"),
    "language_missing": N_("The commentary lacks a language: %(what)s"),
}
REFUSALS: Mapping[str, str] = {
    "draft_open": N_("A publication of this period is being written; finish or withdraw it first."),
    "errors": N_("Errors of the checklist keep it back; mend or explain them first."),
    "four_eyes": N_("Who wrote or checked it cannot approve it: ask somebody else."),
    "languages": N_("Give the text in Kazakh, Russian and English."),
    "not_over": N_("This period is not over: begin its publication afterwards."),
    "no_report": N_("Say which report recommended it, such as 2021."),
    "no_reason": N_("Say why: it stays with the publication."),
    "not_frozen": N_("Its figures are still being frozen; wait until they are."),
    "past": N_("That moment is over: choose a later one, or leave it empty."),
    "period": N_("Publications are of a half-year like 2022-H1 or a year like 2022."),
    "unknown_state": N_("Choose what became of it."),
    "state": N_("Somebody has taken another step meanwhile; look at it anew."),
}
OF_FINDINGS = ("open_error", "open_warning")
OTHERWISE = N_("This cannot be done now.")


def note_in_words(words: Words, note: Note) -> str:
    """The note as a sentence, with the region that it is about."""
    what = note.what or ""
    said = words(
        _NOTES[note.code],
        what=words(CHECKS[what][0]) if note.code in OF_FINDINGS else what,
        table=_table_in_words(words, note),
        found=_figure_in_words(words, note.found),
        expected=_figure_in_words(words, note.expected),
        count=note.count,
    )
    return said if note.region in (None, COUNTRY) else f"{said} ({words.region(note.region)})"


def _table_in_words(words: Words, note: Note) -> str:
    if note.table is None or note.window is None:
        return ""
    return f"“{words(TABLE_WORDS[note.table].title)}”, {period_name(words, note.window)}"


def _figure_in_words(words: Words, figure: float | None) -> str:
    return "" if figure is None else words.formats.number(figure, 2)


def refusal_in_words(words: Words, code: str) -> str:
    """What to do about a refusal."""
    return words(REFUSALS.get(code, OTHERWISE))
