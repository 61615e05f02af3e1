"""The whole edition as one JSON document, from which anybody can compute its content hash."""

from typing import Any

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame, frame_bytes
from birge_aggregator.editions import Edition, words_of


def edition_json(edition: Edition, answers: Answers, *, address: str) -> bytes:
    """`words` and `answers` are what the hash is over; answers stand in the order of their names.

    The hash is SHA-256 over the canonical JSON of `words` and then, for each answer, a line feed,
    its name, a line feed and the SHA-256 of its canonical JSON: sorted keys, no spaces, UTF-8.
    """
    whole: Frame = {
        "id": edition.id,
        "page": f"{address}/publications/{edition.id}",
        "issued_at": edition.issued_at.isoformat(),
        "content_hash": edition.content_hash,
        "licence": "CC BY 4.0",
        "words": words_of(edition),
        "answers": [_named(key, answers[key]) for key in sorted(answers, key=lambda one: one.name)],
    }
    return frame_bytes(whole)


def _named(key: AnswerKey, frame: Frame) -> dict[str, Any]:
    return {"name": key.name, "answer": frame}
