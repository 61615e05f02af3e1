"""A seeded stream of everything that offices send, with whatever the tables stumble over."""

import random
from typing import Any

from tests.support.records import census, event, printed, report, retraction

REGIONS = ["KZ", "KZ-71", "KZ-75", "KZ-63", "KZ-10", "KZ-19", "KZ-33"]
MONTHS = [f"2022-{month:02d}" for month in range(1, 10)]
PERIODS = ["2021-11", "2022-03", "2022-06", "2022-H1", "2022-H2", "2022", "2023-01", *MONTHS]
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
    {"organisation": None},
    {"organisation": {"name": "Without an id"}},
    {"organisation": {"id": 7}},
    {"time": "2022-04-05T09:00:00"},
    {"time": "2022-04-05"},
    {"time": "soon"},
    {"time": None},
    {"volunteer_hours": [{"volunteer": "v-1"}]},
    {"volunteer_hours": [{"hours": 1}]},
    {"volunteer_hours": [{"volunteer": "v-1", "hours": 0}]},
    {"volunteer_hours": {"v-1": 1}},
]
TIMES = [
    *("2021-01-05T00:00:00Z", "2022-02-15T23:59:59.999Z", "2022-02-16T00:00:00Z"),
    *("2022-04-16T05:59:59+06:00", "2022-04-15T19:00:00-05:00", "2022-07-10T12:00:00+05:00"),
    *("2022-10-01T00:00:00Z", "2023-06-01T00:00:00Z"),
]
NEAR_HOURS = [95.24, 100, 100.01, 104.99, 105, 110.25]
STATUSES = ["provided", "not_provided", "refused", "unreachable"]


def maybe(r: random.Random, value: Any, chance: float = 0.3) -> Any:
    return None if r.random() < chance else value


def random_report(r: random.Random) -> bytes:
    layer = r.choice(["front_office", "front_office", "grant", "independent"])
    direction = r.choice(DIRECTIONS)
    return report(
        f"r-{r.randint(1, 170)}",
        version=r.choice([1, 1, 1, 2, 3]),
        time=r.choice(TIMES),
        source=f"urn:birge:office:{r.choice('ab')}",
        region=r.choice(REGIONS),
        period=r.choice(PERIODS),
        direction=direction if layer == "front_office" else maybe(r, direction),
        layer=layer,
        format=maybe(r, r.choice(["auto", "online", "offline"])),
        hours=r.choice([r.randint(1, 400), r.randint(1, 99_999) / 100, *NEAR_HOURS]),
        organisation={"id": f"o-{r.choice([1, 1, r.randint(1, 14)])}"},
        regularity=maybe(r, r.choice(["continuous", "one_off"])),
        volunteer_hours=maybe(r, random_volunteers(r), 0.6),
        events=maybe(r, r.randint(0, 4)),
        volunteers=maybe(r, r.randint(0, 40)),
        participants=maybe(r, {"child": r.randint(0, 5), "silver": maybe(r, 2)}),
        already_counted=maybe(r, [{"report_id": "x", "hours": r.randint(1, 500) / 100}], 0.8),
        development=r.random() < 0.1,
        support=maybe(r, r.sample(["transport", "printing", "publicity"], r.randint(0, 2)), 0.6),
        grant_project=maybe(r, r.choice(["p-1", "p.2/б", "p|3 $%"]), 0.6),
    )


def random_volunteers(r: random.Random) -> list[dict[str, Any]]:
    return [
        {"volunteer": f"v-{r.randint(1, 30)}", "hours": r.randint(1, 900) / 100}
        for _ in range(r.randint(0, 4))
    ]


def random_census(r: random.Random) -> bytes:
    said = {
        "version": r.randint(1, 2),
        "source": f"urn:birge:office:{r.choice('abc')}",
        "method_note": maybe(r, "counted anew", 0.8),
    }
    region, half = r.choice(REGIONS), r.choice(["2021-H1", "2021-H2", "2022-H1", "2022-H2"])
    kind = r.random()
    if kind < 0.2:
        return census(region, half, **said)
    if kind < 0.3:
        nothing = {"total": maybe(r, 0), "gender": maybe(r, {"men": 0})}
        return census(region, half, **said, volunteers=nothing, organisations=None)
    return census(
        region,
        half,
        **said,
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
            {"what": "organisations", "value": r.randint(1, 9) * 10.5, "method": "survey"},
            {"what": "organisations/KZ-75", "value": r.randint(1, 99), "method": "survey"},
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


def random_print(r: random.Random) -> bytes:
    """Printed totals with parts, with our figures by name, and with shares."""
    rows = []
    for number in range(r.randint(1, 6)):
        of = {
            "table": r.choice(
                ["hours", "directions", "development", "volunteers", "representedness", "formats"]
            ),
            "layers": r.choice([None, None, [], ["front_office"], ["grant", "independent"]]),
            "direction": r.choice([None, *DIRECTIONS]),
            "region": r.choice([None, *REGIONS]),
            "net": r.choice([None, False, True]),
        }
        value = r.choice([r.randint(0, 30), r.randint(0, 900) / 10, r.randint(0, 400_000) / 100])
        parts = [{"what": "part", "value": r.choice([1, 2.5])} for _ in range(r.choice([0, 0, 2]))]
        rows.append(
            {
                "what": f"row {number}",
                "unit": r.choice(
                    ["h", "hours", "events", "volunteers", "persons", "%", "%", "% of events"]
                ),
                "value": r.choice([value, sum(part["value"] for part in parts)]),
                "at_least": maybe(r, r.random() < 0.3),
                "parts": parts,
                "of": maybe(r, of, 0.2),
            }
        )
    share_of = {"table": "directions", "direction": "umit", "region": "KZ-71"}
    rows += [
        {"what": "D", "value": r.randint(1, 9_000), "of": {**share_of, "region": None}},
        {"what": "R", "value": r.randint(1, 900), "of": {**share_of, "direction": None}},
        {"what": "V", "unit": "%", "value": r.randint(0, 1_000) / 10, "of": share_of},
    ]
    period = r.choice(["2021", "2022", "2022-H1", "2022-03"])
    source = f"urn:birge:office:{r.choice('ab')}"
    return printed(*rows, period=period, version=r.randint(1, 3), source=source)


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
    makers = [random_report] * 24 + [random_census] * 5 + [random_inquiry] * 3 + [random_print]
    makers += [random_reference] * 3 + [random_milestone] * 2 + [random_indicator]
    stream: list[bytes | None] = [r.choice(makers)(r) for _ in range(420)]
    stream += [
        retraction(f"r-{r.randint(1, 170)}", version=r.randint(1, 3), source="urn:birge:office:a")
        for _ in range(12)
    ]
    for region in ("KZ-71", "KZ-75"):
        for month in MONTHS[: r.randint(5, 9)]:
            usual = r.choice([90, 100, 110, 120.5])
            hours = r.choice([usual, usual, usual, 3_000])
            # The later of two equal months repeats the earlier one.
            stream.append(report(f"{region}/{month}", region=region, period=month, hours=hours))
    stream += [b"{", None, report(hours=0.001), report(region="KZ-00")]
    stream += [
        report(f"bad-{number}", volunteers=77, **wrong) for number, wrong in enumerate(UNREADABLE)
    ]
    r.shuffle(stream)
    return stream + r.sample(stream, 20)
