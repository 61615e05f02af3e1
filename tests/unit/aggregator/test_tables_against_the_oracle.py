"""Every table over random streams agrees, figure by figure, with a recount that shares no code."""

import asyncio
import json
import random
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest

from birge_aggregator.answers import Answers, Reading
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.tables.answer import Question
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.stores.memory import MemoryStore
from birge_aggregator.tables import TABLES
from birge_common.contracts.partner import PartnerChangedV1
from birge_common.security.keys import KeyDirectory
from birge_stack.oracle.recount import TABLES as RECOUNTED
from birge_stack.oracle.recount import Recount
from tests.support.records import as_log, census, event, report, retraction

WINDOWS = ["2022-03", "2022-06", "2022-H1", "2022-H2", "2022", "2022-10~12m", "2023-02~12m"]
REGIONS = ["KZ", "KZ-71", "KZ-75", "KZ-63", "KZ-10", "KZ-19", "KZ-33"]
PERIODS = ["2021-11", "2022-02", "2022-03", "2022-06", "2022-H1", "2022-H2", "2022", "2023-01"]
DIRECTIONS = ["umit", "qamqor", "bilim", "media"]
UNREADABLE: list[dict[str, Any]] = [
    {"support": ["a.b"]},
    {"events": 10_000_001},
    {"participants": {"elders": 1}},
    {"excluded": [{"reason": "dull", "hours": 1}]},
    {"regularity": "often"},
    {"development": "yes"},
    {"grant_project": 7},
    {"version": 2**31},
]
STATUSES = ["provided", "not_provided", "refused", "unreachable"]


def maybe(r: random.Random, value: Any, chance: float = 0.3) -> Any:
    return None if r.random() < chance else value


def random_report(r: random.Random) -> bytes:
    layer = r.choice(["front_office", "front_office", "grant", "independent"])
    direction = r.choice(DIRECTIONS)
    return report(
        f"r-{r.randint(1, 60)}",
        version=r.randint(1, 3),
        source=f"urn:birge:office:{r.choice('ab')}",
        region=r.choice(REGIONS),
        period=r.choice(PERIODS),
        direction=direction if layer == "front_office" else maybe(r, direction),
        layer=layer,
        format=maybe(r, r.choice(["auto", "online", "offline"])),
        hours=r.choice([r.randint(1, 400), r.randint(1, 99_999) / 100]),
        events=maybe(r, r.randint(0, 4)),
        volunteers=maybe(r, r.randint(0, 40)),
        participants=maybe(r, {"child": r.randint(0, 5), "silver": maybe(r, 2)}),
        already_counted=maybe(r, [{"report_id": "x", "hours": r.randint(1, 500) / 100}], 0.8),
        development=r.random() < 0.1,
        support=maybe(r, r.sample(["transport", "printing", "publicity"], r.randint(0, 2)), 0.6),
        grant_project=maybe(r, r.choice(["p-1", "p.2/б", "p|3 $%"]), 0.6),
    )


def random_census(r: random.Random) -> bytes:
    return census(
        r.choice(REGIONS),
        r.choice(["2021-H1", "2021-H2", "2022-H1", "2022-H2"]),
        version=r.randint(1, 2),
        source=f"urn:birge:office:{r.choice('abc')}",
        volunteers={
            "total": maybe(r, r.randint(0, 900), 0.15),
            "gender": maybe(r, {"men": maybe(r, r.randint(0, 400)), "women": 300}, 0.2),
            "age": {"under_18": r.randint(0, 90), "pension": maybe(r, 7)},
            "occupation": maybe(r, {"student": r.randint(1, 300)}),
        },
        organisations={"ngos": maybe(r, r.randint(0, 9)), "initiative_groups": maybe(r, 5)},
        coverage=maybe(r, {"low_pct": 40, "high_pct": 60.5, "method": "expert"}),
    )


def random_reference(r: random.Random) -> bytes:
    period = r.choice(["2021", "2022", "2022-H2", "2022-03"])
    wages = [
        {"region": region, "tenge_per_month": r.choice([r.randint(90, 400) * 1000, 123_456.78])}
        for region in r.sample(REGIONS, 4)
    ]
    rows_of: dict[str, list[dict[str, Any]]] = {
        "estimate": [
            {"what": "volunteers", "value": r.randint(1, 9) * 1000, "method": "network"},
            {"what": "volunteers/KZ-71", "value": r.randint(1, 9) * 100, "method": "survey"},
        ],
        "wages_by_region": wages,
        "wages_by_activity": [
            {"activity": "a", "directions": ["umit", "bilim"], "tenge_per_month": 210_000},
            {"activity": "b", "directions": ["media", "bilim"], "tenge_per_month": 150_000.5},
        ][: r.randint(0, 2)],
        "working_time": [{"hours_per_year": r.choice([1816, 1968, 1777.77])}],
        "support_thresholds": [
            {"class": name, "at_least_pct_of_months": least}
            for name, least in (("regular", 70), ("mentions", 40), ("single", 8.5), ("none", 0))
        ],
    }
    table = r.choice(sorted(rows_of))
    data = {
        "table": table,
        "period": period,
        "version": r.randint(1, 3),
        "publisher": r.choice(["network", "bureau"]),
        "rows": rows_of[table],
    }
    source = f"urn:birge:office:{r.choice('ab')}"
    return event("kz.birge.reference.published.v1", f"{table}/{period}", data, source)


def random_inquiry(r: random.Random) -> bytes:
    number, source = f"q-{r.randint(1, 25)}", f"urn:birge:office:{r.choice('ab')}"
    if r.random() < 0.4:
        resolved = {
            "inquiry_id": number,
            "resolved_on": f"2022-0{r.randint(1, 9)}-2{r.randint(0, 8)}",
            "outcome": "answered",
        }
        return event("kz.birge.inquiry.resolved.v1", number, resolved, source)
    received = {
        "inquiry_id": number,
        "received_on": f"2022-{r.choice(['02', '03', '06', '10'])}-{r.randint(10, 28)}",
        "gender": maybe(r, r.choice(["men", "women"])),
        "channel": r.choice(["phone", "site"]),
        "content": r.choice(["how", "where"]),
        "related": r.random() < 0.7,
        **r.choice([{"region": r.choice(REGIONS[1:])}, {"country": "UZ"}, {}]),
    }
    return event("kz.birge.inquiry.received.v1", number, received, source)


def random_milestone(r: random.Random) -> bytes:
    region, year = r.choice(REGIONS[1:]), r.choice([2021, 2022])
    name, n = r.choice(["council", "council_meeting", "training"]), r.randint(1, 3)
    data = {
        "region": region,
        "year": year,
        "milestone": name,
        "n": n,
        "version": r.randint(1, 2),
        "held_on": maybe(r, f"{year}-{r.choice(['03', '06', '11'])}-15"),
        "details": "held",
    }
    subject = f"{region}/{year}/{name}/{n}"
    return event(
        "kz.birge.milestone.reported.v1", subject, data, f"urn:birge:office:{r.choice('ab')}"
    )


def random_indicator(r: random.Random) -> bytes:
    project, indicator = r.choice(["p-1", "p-9"]), r.choice(["hours", "volunteers"])
    period, status = r.choice(["2022-03", "2022", "2022-H1"]), r.choice(STATUSES)
    data = {
        "project": project,
        "indicator": indicator,
        "period": period,
        "version": r.randint(1, 2),
        "status": status,
        "value": 5 if status == "provided" else None,
    }
    return event("kz.birge.grant-indicator.reported.v1", f"{project}/{indicator}/{period}", data)


def random_stream(seed: int) -> list[bytes | None]:
    r = random.Random(seed)
    makers = [random_report] * 12 + [random_census] * 4 + [random_inquiry] * 4
    makers += [random_reference] * 3 + [random_milestone] * 3 + [random_indicator]
    stream: list[bytes | None] = [r.choice(makers)(r) for _ in range(200)]
    stream += [
        retraction(f"r-{r.randint(1, 60)}", version=r.randint(1, 3), source="urn:birge:office:a")
        for _ in range(6)
    ]
    stream += [b"{", None, report(hours=0.001), report(region="KZ-00")]
    stream += [report(f"bad-{number}", **wrong) for number, wrong in enumerate(UNREADABLE)]
    r.shuffle(stream)
    return stream + r.sample(stream, 20)


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


def counted(seed: int) -> tuple[Answers, Recount]:
    store, oracle, keys = MemoryStore(), Recount(), KeyDirectory("pepper")
    stream = random_stream(seed)
    asyncio.run(count_batch(read_batch(as_log(stream)), store))
    for value in stream:
        oracle.apply(value)
    for change in registered():
        keys.apply(change)
        data = json.loads(change.model_dump_json())
        oracle.apply_partner(event("kz.birge.partner.changed.v1", change.key_id, data))
    return Answers(store, keys), oracle


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
            said |= {"totals": table.totals, "not_attributable": table.not_attributable}
        return said

    key = (name, window, question, map_)
    kinds = TABLES[name].kinds
    return asyncio.run(answers.rendered(key, parsed, map_ == "17", kinds, as_said))[0]


def canonical(said: Any) -> Any:
    """Numbers as numbers whatever their type, and missing figures in one order."""
    plain = json.loads(json.dumps(said, default=float))
    plain["missing"].sort(key=lambda item: (item["region"], item["what"], item["reason"]))
    return plain


def test_every_table_of_figures_is_recounted() -> None:
    assert set(RECOUNTED) == set(TABLES) - {"quality"}


@pytest.mark.parametrize("seed", range(3))
def test_every_table_agrees_with_the_recount(seed: int) -> None:
    answers, oracle = counted(seed)
    compared = 0
    for name in RECOUNTED:
        for window in WINDOWS:
            for region in REGIONS:
                for map_ in (None, "17"):
                    ours = answer(answers, name, window, Question(region), map_)
                    theirs = oracle.table(name, window, region, is_map_17=map_ == "17")
                    expected = {key: theirs[key] for key in ours}
                    assert canonical(ours) == canonical(expected), (name, window, region, map_)
                    compared += len(ours["rows"])
    assert compared > 2_000


@pytest.mark.parametrize("seed", range(3))
def test_a_layer_and_the_other_basis_agree_too(seed: int) -> None:
    answers, oracle = counted(seed)
    of_layers = ("hours", "directions", "formats", "participants", "development", "support")
    for name in (*of_layers, "economy", "grants"):
        ours = answer(answers, name, "2022", Question("KZ", layer="grant"), None)
        theirs = oracle.table(name, "2022", "KZ", layer="grant")
        assert canonical(ours) == canonical({key: theirs[key] for key in ours})
    ours = answer(answers, "representedness", "2022", Question("KZ", basis="events"), None)
    theirs = oracle.table("representedness", "2022", "KZ", basis="events")
    assert canonical(ours)["rows"] == canonical(theirs)["rows"]
