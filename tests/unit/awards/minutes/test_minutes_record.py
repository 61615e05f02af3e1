"""The hash that members sign: it changes with everything that the minutes say, and with nothing
else.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from birge_awards.minutes.record import Quorum, canonical_json, record_hash
from tests.unit.awards.minutes.records import CLOSED_AT, record


def other(value: Any) -> Any:
    """Another value of the same type."""
    match value:
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case str():
            return value + "x"
        case datetime():
            return value + timedelta(microseconds=1)
        case date():
            return value + timedelta(days=1)
        case None:
            return "x"
    raise TypeError(type(value))


def alterations(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The value with one leaf altered, or one item or optional part left out, each in turn."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            for where, altered in alterations(getattr(value, field.name), f"{path}.{field.name}"):
                yield where, replace(value, **{field.name: altered})
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            before, after = value[:number], value[number + 1 :]
            yield f"{path} without {number}", before + after
            for where, altered in alterations(item, f"{path}[{number}]"):
                yield where, (*before, altered, *after)
    else:
        yield path, other(value)


SIGNED = "c1514e06a862a8119799c23448102e6ee1d303f9f95fbfd9cb874ea2c0d64724"
ALTERED = dict(alterations(record(), "record"))


def test_every_field_of_every_part_is_altered() -> None:
    """The loop below would prove little if it skipped a field."""
    names = {
        f".{field.name}"
        for part in parts_of(record())
        for field in fields(part)
        if not is_dataclass(getattr(part, field.name))
    }

    assert len(ALTERED) > 150
    assert [name for name in sorted(names) if not any(name in where for where in ALTERED)] == []


def parts_of(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for item in value:
            yield from parts_of(item)
    elif is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in fields(value):
            yield from parts_of(getattr(value, field.name))


def test_the_hash_changes_with_every_field_but_names() -> None:
    """Erasing a person must not take the ground from under a signature."""
    own = record_hash(record())
    alike = [where for where, altered in ALTERED.items() if record_hash(altered) == own]

    assert alike == [where for where in ALTERED if where.endswith(".name")]
    assert alike


def test_no_two_alterations_share_a_hash() -> None:
    told = {where: one for where, one in ALTERED.items() if not where.endswith(".name")}
    hashes = {record_hash(altered) for altered in told.values()}

    assert len(hashes) == len(set(told.values()))


@pytest.mark.parametrize(
    "part", ["plan", "appeal", "checkpoint", "conflicts", "nominations", "members"]
)
def test_the_hash_tells_a_part_from_none(part: str) -> None:
    empty = () if isinstance(getattr(record(), part), tuple) else None

    assert record_hash(replace(record(), **{part: empty})) != record_hash(record())


def test_the_order_of_members_is_part_of_the_record() -> None:
    turned = replace(record(), members=record().members[::-1])

    assert record_hash(turned) != record_hash(record())


def test_equal_records_have_one_hash() -> None:
    assert record_hash(record()) == record_hash(record())
    assert len(record_hash(record())) == 64


def test_records_signed_before_keep_their_hash() -> None:
    """A new form of the JSON would leave every signature so far without a record."""
    assert record_hash(record()) == SIGNED


def test_trailing_zeros_of_a_score_make_no_other_record() -> None:
    nomination = record().nominations[0]
    first = nomination.standings[0]

    def with_mean(mean: str) -> str:
        standing = replace(first, raw_mean=Decimal(mean))
        told = replace(nomination, standings=(standing, *nomination.standings[1:]))
        return record_hash(replace(record(), nominations=(told,)))

    assert with_mean("7.5") == with_mean("7.50")
    assert with_mean("70") == with_mean("7E+1")
    assert with_mean("7.5") != with_mean("7.51")


def test_one_instant_in_two_time_zones_is_one_record() -> None:
    almaty = CLOSED_AT.astimezone(timezone(timedelta(hours=5)))

    assert record_hash(replace(record(), closed_at=almaty)) == record_hash(record())


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        record_hash(replace(record(), opened_at=CLOSED_AT.replace(tzinfo=None)))


def test_a_figure_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        record_hash(replace(record(), recusals=float("nan")))  # type: ignore[arg-type]


def test_anybody_can_compute_the_hash_from_the_published_json() -> None:
    published = json.loads(canonical_json(record()))
    again = json.dumps(published, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    assert hashlib.sha256(again.encode()).hexdigest() == record_hash(record())
    assert published["members"][0].keys() == {"id", "role", "present", "recused"}
    assert published["closed_at"] == "2026-11-20T11:45:00+00:00"
    assert published["nominations"][0]["standings"][0]["raw_mean"] == "8.76"


@pytest.mark.parametrize(("unconflicted", "met"), [(1, False), (2, True), (3, True)])
def test_a_quorum_is_of_members_without_a_conflict(unconflicted: int, met: bool) -> None:
    assert Quorum(present=3, unconflicted=unconflicted, needed=2).is_met is met
