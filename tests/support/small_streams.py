"""Random years so small that nearly every group in them is too small, and what amends them."""

import json

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.support.records import report
from tests.support.small_editions import Answered, answers_of, census_of

TABLES = (
    *("hours", "directions", "formats", "participants", "development", "steady_work", "grants"),
    *("volunteers", "economy", "representedness", "coverage"),
)
REGIONS = ("KZ-71", "KZ-63", "KZ-10")


def edition(values: list[bytes], period: str = "2022") -> Answered:
    return answers_of(values, period, tables=TABLES, regions=("KZ", *REGIONS))


@st.composite
def activity(draw: st.DrawFn, name: int = 0, periods: tuple[str, ...] = ()) -> bytes:
    layer = draw(st.sampled_from(["front_office", "front_office", "grant", "independent"]))
    direction = draw(st.sampled_from(["umit", "bilim", "media"]))
    persons = draw(st.sampled_from([1, 2, 4, 7, 20, 90]))
    return report(
        f"r-{draw(st.integers(0, 10**9))}-{name}",
        region=draw(st.sampled_from(REGIONS)),
        layer=layer,
        direction=draw(st.sampled_from([direction, direction, None]))
        if layer == "grant"
        else direction,
        period=draw(st.sampled_from(periods or ("2022-03", "2022-05", "2022-09", "2022"))),
        volunteers=persons,
        events=draw(st.integers(0, 9)),
        hours=draw(st.integers(1, 900)),
        format=draw(st.sampled_from(["online", "offline", None])),
        regularity=draw(st.sampled_from(["continuous", "one_off", None])),
        development=draw(st.integers(0, 4)) == 0,
        participants=draw(
            st.sampled_from([{}, {"child": persons}, {"child": 12, "silver": persons}])
        ),
        grant_project=draw(st.sampled_from(["p-1", "p-2"])) if layer == "grant" else None,
    )


@st.composite
def census(draw: st.DrawFn) -> bytes:
    few = st.sampled_from([0, 1, 3, 8, 30, 60])
    men, women, pupils = draw(few), draw(few), draw(few)
    total = men + women
    young = draw(st.integers(0, total))
    return census_of(
        draw(st.sampled_from(REGIONS)),
        draw(st.sampled_from(["2022-H1", "2022-H2"])),
        total=total,
        gender={"men": men, "women": women},
        age={
            "under_18": young,
            "from_18_to_29": total - young,
            "from_30_to_pension": 0,
            "pension": 0,
        },
        occupation={
            **dict.fromkeys(("neet", "employed", "unemployed", "retired"), 0),
            "school_pupil": min(pupils, total),
            "student": total - min(pupils, total),
        },
    )


streams = st.tuples(
    st.lists(activity(), min_size=2, max_size=14), st.lists(census(), max_size=1)
).map(lambda both: [*both[0], *both[1]])


@st.composite
def corrected(draw: st.DrawFn, value: bytes) -> bytes:
    """The same report with other hours, persons or events."""
    told = json.loads(value)
    what = draw(st.sampled_from(["hours", "hours", "volunteers", "events"]))
    told["data"][what] = draw(st.sampled_from([1, 2, 4, 6, 25, 70]))
    return json.dumps(told).encode()


@st.composite
def amended(draw: st.DrawFn, values: list[bytes]) -> list[bytes]:
    """One to three reports corrected, retracted or added; the counted figures are the same."""
    found = list(values)
    for number in range(draw(st.integers(1, 3))):
        how = draw(st.sampled_from(["correct", "retract", "add", "move"]))
        reports = [at for at, one in enumerate(found) if b"activity.reported" in one]
        if how == "add" or not reports:
            found.append(draw(activity(name=number + 1)))
            continue
        taken = found.pop(draw(st.sampled_from(reports)))
        if how == "correct":
            found.append(draw(corrected(taken)))
        elif how == "move":
            found.append(draw(activity(name=number + 1)))
    return found


slowly = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    # A smaller stream says no more than a stream, and takes minutes to find.
    phases=[Phase.generate],
)
