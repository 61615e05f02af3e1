"""Nominations that are valid by default, any valid nomination, and what in one is personal."""

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from birge_common.regions import REGIONS
from tests.support.door import SOURCE, Event, event

SUBMITTED = "kz.birge.nomination.submitted.v1"
WITHDRAWN = "kz.birge.nomination.withdrawn.v1"


def nomination(
    nomination_id: str = "n-1",
    *,
    source: str = SOURCE,
    nominee: Event | None = None,
    **changes: Any,
) -> Event:
    """A domestic nomination; keywords change its data, `nominee` those of the nominee."""
    data = {
        "nomination_id": nomination_id,
        "version": 1,
        "cycle": "2022",
        "track": "domestic",
        "region": "KZ-75",
        "nomination": "ecology",
        "nominee": {
            "kind": "person",
            "name": "Айгерім Үлгі",
            "volunteer": "v-7f3a9c21",
            "birth_year": 1998,
            "contact": "aigerim@example.kz",
            "organisation": "Таза Қала бірлестігі",
            **(nominee or {}),
        },
        "nominator": {
            "name": "Тимур Пример",
            "contact": "+7 700 123 45 67",
            "organisation": "ОФ «Пример»",
            "relation": "көршісі",
        },
        "citation": "Екі жыл бойы өзен жағасын тазалап келеді.",
        "evidence": [{"kind": "жаңалық", "url": "https://news.example.kz/aigerim-ulgi"}],
        "confirmations": [{"organisation": "№5 мектеп", "contact": "school@example.kz"}],
        "consents": {"processing": True, "publication": True},
        **changes,
    }
    return event(SUBMITTED, nomination_id, data, source=source)


def international(nomination_id: str = "n-1", **changes: Any) -> Event:
    """A nomination of somebody from abroad; it names no region."""
    document = nomination(nomination_id, track="international", country="GE", **changes)
    del document["data"]["region"]
    return document


def withdrawal(nomination_id: str = "n-1", *, source: str = SOURCE, **changes: Any) -> Event:
    """A nomination taken back."""
    data = {
        "nomination_id": nomination_id,
        "version": 2,
        "reason": "Айгерім Үлгінің өз өтініші бойынша.",
        **changes,
    }
    sent = event(WITHDRAWN, nomination_id, data, source=source)
    return {**sent, "id": f"w-{nomination_id}"}


def personal_texts(data: Event) -> Iterator[str]:
    """Every text of the data that the log must not show, those too short to be told apart left out.

    What shorter ones there are stand in the sealed part too, which has no other door.
    """
    hidden = {name: data[name] for name in _HIDDEN if data.get(name) is not None}
    hidden["nominee"] = {
        name: value
        for name, value in data.get("nominee", {}).items()
        if name not in ("kind", "volunteer")
    }
    yield from (text for text in _texts_in(hidden) if len(text) >= 4)


_HIDDEN = ("nominator", "citation", "evidence", "confirmations", "reason")


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)


# Each holds a letter that no base64 has, so that a sealed text holds none of them by chance.
_LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Mc"),
    max_codepoint=0x2FF,
)
_TEXT = st.text(_LETTERS | st.sampled_from("әғқңөұүһі№«»@+"), max_size=40)
_SHORT = st.builds("{}ә{}".format, _TEXT, _TEXT)
_LONG = st.builds("{}\n{}ә".format, st.text(_LETTERS, max_size=400), _TEXT)
_LINK = st.from_regex(r"https://[a-z]{3,9}[.]example/[a-z]{0,30}\Z", fullmatch=True)
_EVIDENCE = st.fixed_dictionaries({"kind": _SHORT, "url": _LINK})
_CONFIRMATION = st.fixed_dictionaries(
    {"organisation": _SHORT}, optional={"contact": st.none() | _SHORT}
)
_NOMINEE = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["person", "group", "organisation", "project"]),
        "name": _SHORT,
        "contact": _SHORT,
    },
    optional={
        "volunteer": st.none() | st.from_regex(r"v-[a-z]{6,20}\Z", fullmatch=True),
        "birth_year": st.none() | st.integers(1900, 2199),
        "organisation": st.none() | _SHORT,
    },
)
_NOMINATOR = st.fixed_dictionaries(
    {"name": _SHORT, "contact": _SHORT, "relation": _SHORT},
    optional={"organisation": st.none() | _SHORT},
)
_WHERE = st.one_of(
    st.fixed_dictionaries(
        {"track": st.just("domestic"), "region": st.sampled_from(sorted(REGIONS))}
    ),
    st.fixed_dictionaries(
        {"track": st.just("international"), "country": st.sampled_from(["GE", "TR", "UZ"])}
    ),
)
_REST = st.fixed_dictionaries(
    {
        "version": st.integers(1, 2_147_483_647),
        "cycle": st.sampled_from(["2022", "2023"]),
        "nomination": st.sampled_from(["ecology", "friend"]),
        "nominee": _NOMINEE,
        "nominator": _NOMINATOR,
        "citation": _LONG,
        "evidence": st.lists(_EVIDENCE, max_size=3),
        "consents": st.fixed_dictionaries(
            {"processing": st.booleans(), "publication": st.booleans()},
            optional={"guardian": st.none() | st.booleans()},
        ),
    },
    optional={"confirmations": st.none() | st.lists(_CONFIRMATION, max_size=3)},
)


@st.composite
def any_nomination(draw: st.DrawFn) -> Event:
    """Any valid nomination."""
    nomination_id = draw(st.from_regex(r"n-[a-z0-9]{1,8}\Z", fullmatch=True))
    data = {"nomination_id": nomination_id, **draw(_WHERE), **draw(_REST)}
    return event(SUBMITTED, nomination_id, data)
