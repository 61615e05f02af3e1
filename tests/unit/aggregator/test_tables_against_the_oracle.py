"""Every table over random streams agrees, figure by figure, with a recount that shares no code."""

import asyncio
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from birge_aggregator.answers import Answers
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.tables.answer import Question
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.readings import Reading
from birge_aggregator.stores.memory import MemoryStore
from birge_aggregator.tables import TABLES
from birge_common.contracts.partner import PartnerChangedV1
from birge_common.security.keys import KeyDirectory
from birge_stack.oracle.recount import TABLES as RECOUNTED
from birge_stack.oracle.recount import Recount
from tests.support.random_stream import REGIONS, random_stream
from tests.support.records import as_log, event, explanation

WINDOWS = ["2022-03", "2022-06", "2022-H1", "2022-H2", "2022", "2022-10~12m", "2023-02~12m"]
OF_QUALITY = ("quality", "submissions")

# Each takes a second or two: the others run with the slow tests.
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))]


def registered() -> list[PartnerChangedV1]:
    scopes: dict[str, tuple[str, ...] | None] = {
        "a": None,
        "b": ("KZ-71", "KZ-75"),
        "c": ("KZ-71",),
    }
    return [
        PartnerChangedV1(
            key_id=f"key-{name}",
            name=name,
            digest="0" * 64,
            sources=(f"urn:birge:office:{name}",),
            regions=regions,
            state="active",
            registered_at=datetime(2022, 1, 1, tzinfo=UTC),
        )
        for name, regions in scopes.items()
    ]


@cache
def counted(seed: int) -> tuple[Answers, Recount]:
    store, oracle, keys = MemoryStore(), Recount(), KeyDirectory("pepper")
    for change in registered():
        keys.apply(change)
        data = json.loads(change.model_dump_json())
        oracle.apply_partner(event("kz.birge.partner.changed.v1", change.key_id, data))
    answers = Answers(store, keys)
    stream = random_stream(seed)
    asyncio.run(count_batch(read_batch(as_log(stream)), store))
    found = answer(answers, "quality", "2022", Question(), None)["rows"]
    stream += random_explanations(random.Random(seed), found)
    # Counted anew, because an explanation can be sent only once a finding has a name.
    again = MemoryStore()
    asyncio.run(count_batch(read_batch(as_log(stream)), again))
    for value in stream:
        oracle.apply(value)
    return Answers(again, keys), oracle


def random_explanations(r: random.Random, found: Sequence[dict[str, Any]]) -> list[bytes]:
    """Of some findings: by the region or by another, up to some difference, of several sources."""
    chosen = r.choices(found, k=len(found) // 2)
    return [
        explanation(
            row["finding"],
            r.choice([row["region"] or "KZ", row["region"] or "KZ", "KZ-75"]),
            version=r.randint(1, 2),
            source=f"urn:birge:office:{r.choice('ab')}",
            reason=r.choice(["real", "counting_rule", "print_error"]),
            difference=r.choice([None, row["difference"], (row["difference"] or 0) / 2, -(10**6)]),
        )
        for row in chosen
    ]


def answer(answers: Answers, name: str, window: str, question: Question, map_: str | None) -> Any:
    parsed = window_from(window)
    assert parsed is not None

    def as_said(reading: Reading) -> dict[str, Any]:
        table = TABLES[name].make(reading.figures, question)
        said: dict[str, Any] = {
            "rows": list(table.rows),
            "missing": [asdict(item) for item in table.missing],
        }
        if table.totals is not None:
            said["totals"] = table.totals
        if table.not_attributable is not None:
            said["not_attributable"] = table.not_attributable
        return said

    key = (name, window, question, map_)
    needs = TABLES[name].needs
    return asyncio.run(answers.rendered(key, parsed, map_ == "17", needs, as_said))[0]


def canonical(said: Any, name: str = "") -> Any:
    """Numbers as numbers whatever their type, and what has no order of its own in one order."""
    plain = json.loads(json.dumps(said, default=float))
    plain["missing"].sort(key=lambda item: (item["region"], item["what"], item["reason"]))
    if name == "quality":
        for row in plain["rows"]:
            row.pop("detail", None)
        plain["rows"].sort(
            key=lambda row: (row["finding"], str(row["expected"]), str(row["found"]))
        )
    return plain


def compare(answers: Answers, oracle: Recount, names: Iterable[str]) -> int:
    """How many rows agree, over every window, region and map."""
    compared = 0
    for name in names:
        for window in WINDOWS:
            for region in REGIONS:
                for map_ in (None, "17"):
                    ours = answer(answers, name, window, Question(region), map_)
                    theirs = oracle.table(name, window, region, is_map_17=map_ == "17")
                    expected = {key: theirs[key] for key in ours}
                    said, wanted = canonical(ours, name), canonical(expected, name)
                    assert said == wanted, (name, window, region, map_)
                    compared += len(ours["rows"])
    return compared


def test_every_table_of_figures_is_recounted() -> None:
    assert set(RECOUNTED) == set(TABLES)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_table_agrees_with_the_recount(seed: int) -> None:
    answers, oracle = counted(seed)
    assert compare(answers, oracle, sorted(set(RECOUNTED) - set(OF_QUALITY))) > 5_000


@pytest.mark.parametrize("name", OF_QUALITY)
@pytest.mark.parametrize("seed", SEEDS)
def test_findings_and_submissions_agree_with_the_recount(seed: int, name: str) -> None:
    assert compare(*counted(seed), [name]) > 500


def test_the_streams_have_findings_of_every_kind_open_and_explained() -> None:
    rows = [
        row
        for seed in range(3)
        for row in answer(counted(seed)[0], "quality", "2022", Question(), None)["rows"]
    ]
    assert {row["check"] for row in rows} == {
        *("completeness", "timeliness", "empty", "repeated", "outlier", "likely_double"),
        *("sum_of_parts", "printed_total", "contradiction", "change_without_reason"),
    }
    assert {row["importance"] for row in rows if row["check"] == "outlier"} == {"error", "warning"}
    assert {row["state"] for row in rows} == {"open", "explained"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_layer_and_the_other_basis_agree_too(seed: int) -> None:
    answers, oracle = counted(seed)
    of_layers = ("hours", "directions", "formats", "participants", "development", "support")
    of_people = ("steady_work", "distinct_volunteers", "capture_recapture")
    for name in (*of_layers, "economy", "grants", *of_people):
        ours = answer(answers, name, "2022", Question("KZ", layer="grant"), None)
        theirs = oracle.table(name, "2022", "KZ", layer="grant")
        assert canonical(ours) == canonical({key: theirs[key] for key in ours}), name
    ours = answer(answers, "representedness", "2022", Question("KZ", basis="events"), None)
    theirs = oracle.table("representedness", "2022", "KZ", basis="events")
    assert canonical(ours)["rows"] == canonical(theirs)["rows"]
