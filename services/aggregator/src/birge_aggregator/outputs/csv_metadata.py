"""What a CSV file means, for programs and people: metadata by W3C's CSV on the Web."""

from collections.abc import Callable, Mapping
from typing import Any

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.editions import Edition
from birge_aggregator.outputs.languages import in_all_languages
from birge_aggregator.pages.site.column_kinds import ColumnWords, Kind
from birge_aggregator.pages.site.frozen_tables import words_of
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.pages.site.said import reason_in_words
from birge_aggregator.pages.site.table_words import TABLE_WORDS
from birge_common.web.pages.languages import LANGUAGES
from birge_common.web.pages.words import Words

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_YES_NO = {"base": "boolean", "format": "True|False"}


def metadata_of(
    edition: Edition, key: AnswerKey, frame: Frame, path: str, address: str
) -> dict[str, Any]:
    """Of which edition it is, its columns, how it was counted, its caveats and what is missing."""
    said = TABLE_WORDS[key.table]
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": path.rpartition("/")[2],
        "dc:title": _tagged(lambda _: _title(_, key)),
        "dc:description": _tagged(lambda _: f"{_(said.shows)} {_(said.method)}"),
        "dc:license": {"@id": LICENCE},
        "dc:source": {"@id": f"{address}/publications/{edition.id}"},
        "dc:identifier": f"sha256:{edition.content_hash}",
        "dc:issued": edition.issued_at.isoformat(),
        "dc:temporal": key.window,
        "dc:spatial": key.region,
        "tableSchema": {"columns": [_column(frame, name) for name in frame["columns"]]},
        "notes": [
            *({"caveat": one["code"], **one} for one in frame["caveats"]),
            *({"missing": one["what"], **one, "text": _why(one)} for one in frame["missing"]),
        ],
    }


def column_title(words: Words, frame: Frame, name: str) -> str:
    """What people call the column; a text in three languages is a column for each."""
    said, language = column_of(frame, name)
    return f"{words(said.title)} ({language})" if language else words(said.title)


def column_of(frame: Frame, name: str) -> tuple[ColumnWords, str]:
    """The column's words, and the language of one such as `detail.kk`."""
    column, _, language = name.rpartition(".")
    if language in LANGUAGES:
        return words_of(frame, column), language
    return words_of(frame, name), ""


def _title(words: Words, key: AnswerKey) -> str:
    where, when = words.region(key.region), period_name(words, key.window)
    return f"{words(TABLE_WORDS[key.table].title)}. {where}, {when}"


def _column(frame: Frame, name: str) -> dict[str, Any]:
    """`titles` is the head in the file itself, which a validator compares."""
    said, language = column_of(frame, name)
    return {
        "name": name,
        "titles": name,
        "dc:title": _tagged(lambda _: column_title(_, frame, name)),
        "dc:description": _tagged(lambda _: _(said.meaning)),
        "datatype": _datatype(said.kind),
        "null": "",
        **({"lang": language} if language else {}),
    }


def _datatype(kind: Kind) -> str | Mapping[str, str]:
    if kind.is_figure:
        return "number"
    return _YES_NO if kind is Kind.YES_NO else "string"


def _why(missing: Mapping[str, Any]) -> dict[str, str]:
    return in_all_languages(lambda _: reason_in_words(_, missing["reason"]))


def _tagged(said: Callable[[Words], str]) -> list[dict[str, str]]:
    return [
        {"@value": text, "@language": language} for language, text in in_all_languages(said).items()
    ]
