"""Every value of the domain comes back from its document, through the bytes of the database."""

import dataclasses
import types
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Union, get_args, get_origin, get_type_hints

import bson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from birge_awards.domain.cycle.cycle import Cycle
from birge_awards.domain.nominees.candidacy import Candidacy
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import Sitting
from birge_awards.ports import Kept
from birge_awards.stores.documents import LAYOUTS, document_from, kept_from

# Any text that UTF-8 and BSON can hold; dots and dollars mean something to a database.
_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\0") | st.sampled_from("$.|ә"), max_size=6
)
_PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    str: _TEXT,
    int: st.integers(-(2**53), 2**53),
    bool: st.booleans(),
    type(None): st.none(),
    datetime: st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5))])),
    date: st.dates(),
    Decimal: st.decimals(-100, 100, allow_nan=False),
    Fraction: st.fractions(max_denominator=1_000),
}


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that the domain is made of; fails on one that it does not know."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.one_of(*(values_of(one) for one in inner))
    if origin is tuple:
        if inner[-1] is not Ellipsis:
            return st.tuples(*(values_of(one) for one in inner))
        return st.lists(values_of(inner[0]), max_size=2).map(tuple)
    if origin is Mapping:
        return st.dictionaries(*(values_of(one) for one in inner), max_size=2)
    if origin is frozenset:
        return st.frozensets(values_of(inner[0]), max_size=2)
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    assert dataclasses.is_dataclass(kind), kind
    fields = get_type_hints(kind)
    return st.builds(kind, **{name: values_of(one) for name, one in fields.items()})


@pytest.mark.parametrize("kind", [Cycle, Candidacy, Sitting, Sheet])
@given(st.data(), st.integers(0, 1_000))
def test_a_value_comes_back_as_it_was(kind: type, data: st.DataObject, revision: int) -> None:
    kept = Kept(data.draw(values_of(kind)), revision)
    held = bson.decode(bson.encode(document_from(kept)))
    assert kept_from(kind, held) == Kept(kept.value, revision + 1)


def test_every_kind_of_value_has_a_collection_of_its_own() -> None:
    assert LAYOUTS.keys() == {Cycle, Candidacy, Sitting, Sheet}
    assert len({one.collection for one in LAYOUTS.values()}) == len(LAYOUTS)
