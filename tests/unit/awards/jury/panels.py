"""Small panels, and a second opinion on what is possible with them."""

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import combinations, product

from hypothesis import strategies as st

from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.panel import AssignmentPolicy, Juror, Nominee, Panel

Arcs = Mapping[tuple[str, str], int]


def nominee(name: str, region: str | None = "A", *, languages: str = "", kept: str = "") -> Nominee:
    """`languages` and `kept` are words with a space between."""
    return Nominee(
        name, region, languages=frozenset(languages.split()), kept=frozenset(kept.split())
    )


def juror(name: str, region: str | None = "B", *, capacity: int = 9, languages: str = "") -> Juror:
    return Juror(name, region, capacity, languages=frozenset(languages.split()))


def barred(*pairs: str) -> frozenset[Pair]:
    """Pairs written as `nominee-juror`."""
    return frozenset(Pair(*pair.split("-")) for pair in pairs)


@st.composite
def panels(draw: st.DrawFn, nominees_max: int = 3, jurors_max: int = 4) -> Panel:
    regions = st.sampled_from(["A", "A", "B", None])
    words = st.frozensets(st.sampled_from(["kk", "ru"]), max_size=1)
    fields = st.frozensets(st.sampled_from(["eco", "edu"]), max_size=2)
    jurors = tuple(
        Juror(
            f"j{number}", draw(regions), draw(st.integers(0, 4)), draw(words) | {"ru"}, draw(fields)
        )
        for number in range(draw(st.integers(1, jurors_max)))
    )
    ids = [one.id for one in jurors]
    some = st.frozensets(st.sampled_from(ids), max_size=2)
    nominees = tuple(
        Nominee(f"n{number}", draw(regions), draw(words), draw(fields), draw(some), draw(some))
        for number in range(draw(st.integers(1, nominees_max)))
    )
    pairs = [Pair(one.id, other) for one in nominees for other in ids]
    return Panel(nominees, jurors, draw(st.frozensets(st.sampled_from(pairs), max_size=4)))


@st.composite
def policies(draw: st.DrawFn) -> AssignmentPolicy:
    reviews = draw(st.integers(1, 3))
    return AssignmentPolicy(reviews, draw(st.integers(0, min(reviews, 2))))


def kept_of(panel: Panel, one: Nominee) -> set[str]:
    ids = {each.id for each in panel.jurors}
    return {each for each in one.kept & ids if Pair(one.id, each) not in panel.barred}


def is_guest(one: Nominee, other: Juror) -> bool:
    return one.region is None or other.region != one.region


def may_read(panel: Panel, one: Nominee, other: Juror) -> bool:
    """Whether the juror may get the nominee anew."""
    return (
        Pair(one.id, other.id) not in panel.barred
        and one.languages <= other.languages
        and other.id not in kept_of(panel, one)
    )


def demand_of(panel: Panel, policy: AssignmentPolicy, one: Nominee) -> tuple[int, int]:
    """Reviews and guests that the nominee still needs."""
    kept = kept_of(panel, one)
    guests = sum(is_guest(one, other) for other in panel.jurors if other.id in kept)
    guests_needed = max(policy.guests - guests, 0)
    return max(policy.reviews - len(kept), guests_needed), guests_needed


def kept_loads(panel: Panel) -> dict[str, int]:
    loads = {one.id: 0 for one in panel.jurors}
    for one in panel.nominees:
        for other in kept_of(panel, one):
            loads[other] += 1
    return loads


def every_plan(panel: Panel, policy: AssignmentPolicy) -> Iterator[list[tuple[Nominee, Juror]]]:
    """All ways there are to fill what is missing, found without a network."""
    choices = []
    for one in panel.nominees:
        reviews, guests = demand_of(panel, policy, one)
        readers = [other for other in panel.jurors if may_read(panel, one, other)]
        choices.append(
            [
                [(one, other) for other in several]
                for several in combinations(readers, reviews)
                if sum(is_guest(one, other) for other in several) >= guests
            ]
        )
    loads = kept_loads(panel)
    for plan in product(*choices):
        pairs = [pair for several in plan for pair in several]
        added = {one.id: 0 for one in panel.jurors}
        for _, other in pairs:
            added[other.id] += 1
        if all(
            not added[one.id] or loads[one.id] + added[one.id] <= one.capacity
            for one in panel.jurors
        ):
            yield pairs


def soft_cost(policy: AssignmentPolicy, pairs: list[tuple[Nominee, Juror]]) -> int:
    return sum(
        policy.own_region * (not is_guest(one, other))
        + policy.expertise_gap * len(one.fields - other.expertise)
        + policy.change * (other.id not in one.movable)
        for one, other in pairs
    )


def squared_loads(panel: Panel, pairs: list[tuple[Nominee, Juror]]) -> int:
    loads = kept_loads(panel)
    for _, other in pairs:
        loads[other.id] += 1
    return sum(load * load for load in loads.values())


def max_flow(arcs: Arcs, source: str, sink: str) -> int:
    """Edmonds and Karp's shortest augmenting paths."""
    left: dict[str, dict[str, int]] = {}
    for (tail, head), capacity in arcs.items():
        left.setdefault(tail, {})[head] = left.get(tail, {}).get(head, 0) + capacity
        left.setdefault(head, {}).setdefault(tail, 0)
    total = 0
    while True:
        before = {source: source}
        queue = deque([source])
        while queue and sink not in before:
            tail = queue.popleft()
            for head, capacity in left.get(tail, {}).items():
                if capacity and head not in before:
                    before[head] = tail
                    queue.append(head)
        if sink not in before:
            return total
        path, head = [], sink
        while head != source:
            path.append((before[head], head))
            head = before[head]
        step = min(left[tail][head] for tail, head in path)
        for tail, head in path:
            left[tail][head] -= step
            left[head][tail] += step
        total += step


def demand_arcs(panel: Panel, policy: AssignmentPolicy) -> tuple[dict[tuple[str, str], int], int]:
    """From `source` through nominees to jurors, and the reviews needed altogether.

    Guests and others are two demands here: `…/guests` takes guests alone, `…/rest` anybody, and
    each pair passes one node of capacity 1, so that nobody reads twice.
    """
    arcs: dict[tuple[str, str], int] = {}
    total = 0
    for one in panel.nominees:
        reviews, guests = demand_of(panel, policy, one)
        total += reviews
        arcs["source", f"{one.id}/guests"] = guests
        arcs["source", f"{one.id}/rest"] = reviews - guests
        for other in panel.jurors:
            if may_read(panel, one, other):
                pair = f"{one.id}/{other.id}"
                if is_guest(one, other):
                    arcs[f"{one.id}/guests", pair] = 1
                arcs[f"{one.id}/rest", pair] = 1
                arcs[pair, other.id] = 1
    return arcs, total
