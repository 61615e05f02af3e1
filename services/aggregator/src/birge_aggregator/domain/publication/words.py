"""What people write into a publication, beside its figures."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("kk", "ru", "en")

Texts = Mapping[str, str]
"""The same text in kk, ru and en."""


@dataclass(frozen=True)
class Recommendation:
    """What an earlier report recommended, and what became of it.

    `state` is done, partly, not_done or unknown; `since` the period of the report that said it.
    """

    since: str
    text: Texts
    state: str
    note: Texts | None = None


RECOMMENDATION_STATES = ("done", "partly", "not_done", "unknown")
