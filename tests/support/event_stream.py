"""A seeded stream of records as partners would cause it: orderly for the most part, never quite."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from birge_common.contracts.topics import GRANT_INDICATORS, SUBMISSIONS
from tests.support.examples import example
from tests.support.records import event, report, retraction

REGIONS = ("KZ-71", "KZ-75", "KZ-79", "KZ-55", "KZ-10", "KZ-11", "KZ-33", "KZ-62", "KZ")
PERIODS = (*(f"2022-{month:02d}" for month in range(1, 13)), "2022-H1", "2022-H2", "2022")
DIRECTIONS = ("umit", "taza_alem", "asyl_mura", None)
LAYERS = ("front_office", "grant", "independent")
SOURCES = tuple(f"urn:birge:partner:{number}" for number in range(7))
INDICATOR = "kz.birge.grant-indicator.reported"
_KEPT = {
    "kz.birge.census.submitted": "astana-second-half",
    "kz.birge.inquiry.received": "how-to-join",
    "kz.birge.inquiry.resolved": "joined-an-organisation",
    "kz.birge.milestone.reported": "council-meeting",
    "kz.birge.reference.published": "population",
    INDICATOR: "trained-volunteers",
    "kz.birge.finding.explained": "counting-rule",
}
Header = tuple[str, bytes | None]


@dataclass(frozen=True)
class Sent:
    """A record to produce."""

    topic: str
    key: bytes
    value: bytes | None
    headers: list[Header] = field(default_factory=list)


def sent(value: bytes, headers: list[Header] | None = None) -> Sent:
    """The record of an event, keyed and headed as ingest does it."""
    document = json.loads(value)
    topic = GRANT_INDICATORS if document["type"].startswith(INDICATOR) else SUBMISSIONS
    key = f"{document['source']}|{document['subject']}".encode()
    ours: list[Header] = [("content-type", b"application/cloudevents+json")]
    return Sent(topic, key, value, ours if headers is None else headers)


class EventStream:
    """Endless records of one seed: the same seed always gives the same ones.

    What a version says follows from its identity and number, so that any order of partitions
    comes to the same; only `contradictions`, where the first of a partition counts, do not.
    """

    def __init__(
        self,
        seed: int,
        *,
        duplicates: float = 0.20,
        poison: float = 0.01,
        contradictions: float = 0.02,
    ) -> None:
        self._seed = seed
        self._random = random.Random(seed)
        self._duplicates = duplicates
        self._poison = poison
        self._contradictions = contradictions
        self._past: list[Sent] = []
        self._versions: dict[tuple[str, str], int] = {}
        self._kept = 0

    def take(self, count: int) -> list[Sent]:
        """The next records."""
        return [self._next() for _ in range(count)]

    def _next(self) -> Sent:
        chance = self._random.random()
        if chance < self._poison:
            return poison(self._random)
        if self._past and chance < self._poison + self._duplicates:
            return self._random.choice(self._past)
        record = self._statement()
        self._past.append(record)
        return record

    def _statement(self) -> Sent:
        chance = self._random.random()
        if chance < 0.10:
            return self._kept_statement()
        if chance < 0.60 or not self._versions:
            identity = (self._random.choice(SOURCES), f"r-{len(self._versions)}")
            self._versions[identity] = 1
            return self._activity(identity, 1)
        identity = self._random.choice(list(self._versions))
        latest = self._versions[identity]
        if chance < 0.68:
            # A version that was lost on the way and comes after the ones that followed it.
            return self._activity(identity, self._random.randint(1, latest))
        self._versions[identity] = latest + self._random.randint(1, 3)
        return self._activity(identity, self._versions[identity])

    def _saying(self, *identity: object) -> random.Random:
        """What decides the content of a version: the same each time, but for contradictions."""
        other = self._random.random() < self._contradictions
        return random.Random(f"{self._seed}{identity}{self._random.random() if other else ''}")

    def _activity(self, identity: tuple[str, str], version: int) -> Sent:
        """A report or, more seldom, its retraction."""
        source, report_id = identity
        says = self._saying(identity, version)
        if version > 1 and says.random() < 0.2:
            return sent(retraction(report_id, source=source, version=version))
        return sent(report(report_id, source=source, version=version, **_figures(says)))

    def _kept_statement(self) -> Sent:
        self._kept += 1
        name = self._random.choice(list(_KEPT))
        subject, source = f"s-{self._random.randint(0, self._kept // 2)}", SOURCES[0]
        data = {**example(f"{name}/v1/{_KEPT[name]}")["data"]}
        if "inquiry" not in name:
            data["version"] = self._random.randint(1, 4)
        data["note"] = f"{self._saying(name, subject, data.get('version')).random()}"
        return sent(event(f"{name}.v1", subject, data, source))


def _figures(rng: random.Random) -> dict[str, Any]:
    """A version says anything: corrections move between regions, periods and layers."""
    layer = rng.choice(LAYERS)
    return {
        "region": rng.choice(REGIONS),
        "period": rng.choice(PERIODS),
        "layer": layer,
        "direction": rng.choice(DIRECTIONS[:-1] if layer == "front_office" else DIRECTIONS),
        "format": rng.choice(("auto", "online", "offline", None)),
        "hours": rng.choice((rng.randint(1, 900), rng.randint(1, 90_000) / 100)),
        "events": rng.choice((None, 0, rng.randint(1, 40))),
        "volunteers": rng.choice((None, rng.randint(0, 500))),
        "development": rng.random() < 0.2,
        "regularity": rng.choice((None, "continuous", "one_off")),
        "organisation": {"id": f"o-{rng.randint(1, 40)}"},
        "time": f"2022-{rng.randint(1, 12):02d}-{rng.randint(10, 20)}T09:00:00+05:00",
        **_rarely(rng, layer),
    }


def _rarely(rng: random.Random, layer: str) -> dict[str, Any]:
    extras = dict[str, Any]()
    if rng.random() < 0.3:
        extras["participants"] = {"child": rng.randint(0, 60), "silver": None, "general": 7}
    if rng.random() < 0.1:
        extras["support"] = ["recruiting", "transport"][: rng.randint(1, 2)]
    if layer != "front_office" and rng.random() < 0.2:
        extras["already_counted"] = [
            {"report_id": "elsewhere", "hours": rng.randint(1, 5_000) / 100} for _ in range(2)
        ]
    if rng.random() < 0.05:
        extras["excluded"] = [{"reason": "forced", "hours": 3.5}, {"reason": "paid"}]
    return extras


def _bad_values() -> dict[str, Callable[[], bytes | None]]:
    """Values that can never be counted, by name."""
    return {
        "tombstone": lambda: None,
        "nothing": lambda: b"",
        "broken JSON": lambda: report()[:-9],
        "two documents": lambda: report() + report(),
        "an array": lambda: b"[]",
        "null": lambda: b"null",
        "no UTF-8": lambda: b"\xff\xfe\x00",
        "no UTF-8 in a name": lambda: report(source="urn:birge:b@d").replace(b"b@d", b"b\xffd"),
        "100,000 levels": lambda: b"[" * 100_000 + b"]" * 100_000,
        "100,000 levels inside": lambda: report(note=0).replace(
            b'"note": 0', b'"note": ' + b"[" * 100_000 + b"]" * 100_000
        ),
        "an unknown type": lambda: event("kz.birge.activity.reported.v9", "r-1", {"version": 1}),
        "hours as text": lambda: report(hours="10"),
        "hours as truth": lambda: report(hours=True),
        "negative hours": lambda: report(hours=-1),
        "thousandths of hours": lambda: report(hours=1.005),
        "hours without end": lambda: report(hours=7).replace(b'"hours": 7', b'"hours": 1e400'),
        "hours that are no number": lambda: report(hours=float("nan")),
        "version 0": lambda: report(version=0),
        "no version": lambda: retraction(version=None),  # type: ignore[arg-type]
        "no zone": lambda: report(time="2022-04-05T09:00:00"),
        "no organisation": lambda: report(organisation=None),
        "a nameless volunteer": lambda: report(volunteer_hours=[{"hours": 1}]),
        "an unknown region": lambda: report(region="KZ-99"),
        "an unknown direction": lambda: report(direction="flying"),
        "a version as text": lambda: event("kz.birge.census.submitted.v1", "x", {"version": "1"}),
    }


BAD_VALUES = _bad_values()
BAD_HEADERS: dict[str, list[Header]] = {
    "none": [],
    "null header": [("traceparent", None)],
    "no UTF-8 in a header": [("traceparent", b"\xff\xfe1"), ("content-type", b"\xc3(")],
    "JSON header": [("content-type", b"application/json")],
}


def poison(rng: random.Random) -> Sent:
    """A record that can never be counted, under headers that may be bad too."""
    value = BAD_VALUES[rng.choice(list(BAD_VALUES))]()
    headers = BAD_HEADERS[rng.choice(list(BAD_HEADERS))]
    topic = rng.choice((SUBMISSIONS, SUBMISSIONS, SUBMISSIONS, GRANT_INDICATORS))
    return Sent(topic, f"poison-{rng.randint(0, 99)}".encode(), value, headers)
