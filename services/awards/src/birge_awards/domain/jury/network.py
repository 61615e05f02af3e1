"""An assignment as a flow of least cost, from what nominees need to what jurors can read.

    nominee ─ guests ───────────────→ juror ─ unit costs 1, 3, 5 … → sink
       └──── at most N − G ─→ home ──→ juror

Each nominee sends the reviews it needs. Those of home jurors pass a node of their own whose
capacity leaves room for the guests, so the minimum of guests is exact and no pair is counted twice.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # type: ignore[import-untyped]

from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.panel import AssignmentPolicy, Juror, Nominee, Panel

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

LOTS_MAX = 1 << 10
"""How many different lots the seed draws among plans of equal cost."""
COST_LIMIT = 1 << 61
"""The solver multiplies costs by the number of nodes and must stay within 64 bits."""


@dataclass(frozen=True)
class Network:
    """The problem in numbers; rows are nominees and columns jurors, both in order of id.

    `needed` are reviews still to be assigned, at most `home_most` of them to home jurors; `load`
    is what each juror keeps already and `room` what can still be added.
    """

    nominees: tuple[Nominee, ...]
    jurors: tuple[Juror, ...]
    kept: Booleans
    barred: Booleans
    unread: Booleans
    home: Booleans
    soft: Integers
    needed: Integers
    home_most: Integers
    load: Integers
    room: Integers

    @property
    def allowed(self) -> Booleans:
        """The pairs that may be assigned anew."""
        return ~(self.barred | self.unread | self.kept)


@dataclass(frozen=True)
class Flow:
    """What the solver found: the pairs it chose, and whether every nominee has what it needs."""

    chosen: Booleans
    is_complete: bool


def network_of(panel: Panel, policy: AssignmentPolicy) -> Network:
    """The network of a panel; the order in which the panel lists people makes no difference."""
    nominees = tuple(sorted(panel.nominees, key=lambda one: one.id))
    jurors = tuple(sorted(panel.jurors, key=lambda one: one.id))
    kept = _pairs([(one.id, panel.kept_of(one)) for one in nominees], jurors)
    movable = _pairs([(one.id, one.movable) for one in nominees], jurors)
    home = np.array(
        [
            [juror.region is not None and juror.region == nominee.region for juror in jurors]
            for nominee in nominees
        ],
        dtype=np.bool_,
    ).reshape(len(nominees), len(jurors))
    gaps = _lacking([one.fields for one in nominees], [one.expertise for one in jurors])
    unread = _lacking([one.languages for one in nominees], [one.languages for one in jurors]) > 0
    guests_needed = np.maximum(policy.guests - (kept & ~home).sum(axis=1), 0)
    # Where all reviews are there but not the guests, guests are added: nobody is sent away.
    needed = np.maximum(policy.reviews - kept.sum(axis=1), guests_needed)
    load = kept.sum(axis=0)
    capacity = np.array([one.capacity for one in jurors], dtype=np.int64)
    return Network(
        nominees=nominees,
        jurors=jurors,
        kept=kept,
        barred=_pairs([(one.id, _barred_from(panel, one.id)) for one in nominees], jurors),
        unread=unread,
        home=home,
        soft=policy.own_region * home + policy.expertise_gap * gaps + policy.change * ~movable,
        needed=needed,
        home_most=needed - guests_needed,
        load=load,
        room=np.maximum(capacity - load, 0),
    )


def _barred_from(panel: Panel, nominee: str) -> frozenset[str]:
    return frozenset(one.id for one in panel.jurors if Pair(nominee, one.id) in panel.barred)


def _pairs(rows: Sequence[tuple[str, frozenset[str]]], jurors: Sequence[Juror]) -> Booleans:
    column = {juror.id: number for number, juror in enumerate(jurors)}
    matrix = np.zeros((len(rows), len(jurors)), dtype=np.bool_)
    for row, (_, several) in enumerate(rows):
        matrix[row, [column[one] for one in several if one in column]] = True
    return matrix


def _lacking(wanted: Sequence[frozenset[str]], had: Sequence[frozenset[str]]) -> Integers:
    """How many of the things wanted in a row are not had in a column."""
    things = sorted(frozenset().union(*wanted))
    wants = np.array([[thing in one for thing in things] for one in wanted], dtype=np.int64)
    lacks = np.array([[thing not in one for thing in things] for one in had], dtype=np.int64)
    shape = (len(wanted), len(things)), (len(had), len(things))
    lacking: Integers = wants.reshape(shape[0]) @ lacks.reshape(shape[1]).T
    return lacking


def flow_of(network: Network, seed: str) -> Flow:
    """The cheapest flow that gives everybody what they need, or else as much of it as there is."""
    rows, columns = np.nonzero(network.allowed)
    at_home = network.home[rows, columns]
    nominees, jurors = len(network.nominees), len(network.jurors)
    sink = 2 * nominees + jurors
    steps = np.minimum(network.room, network.allowed.sum(axis=0))
    reader = np.repeat(np.arange(jurors), steps)
    # The k-th review of a juror costs 2k − 1, so the sum of costs is the sum of squared loads.
    already = np.arange(steps.sum()) - np.repeat(np.cumsum(steps) - steps, steps)
    unit_load = 2 * (network.load[reader] + already) + 1
    review_cost, load_cost = _costs(network, seed, highest_unit=int(unit_load.max(initial=1)))
    solver = SimpleMinCostFlow()
    ones = np.ones(len(rows), dtype=np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(
        np.where(at_home, nominees + rows, rows),
        2 * nominees + columns,
        ones,
        review_cost[rows, columns],
    )
    everyone = np.arange(nominees)
    solver.add_arcs_with_capacity_and_unit_cost(
        everyone, nominees + everyone, network.home_most, np.zeros(nominees, dtype=np.int64)
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        2 * nominees + reader,
        np.full(len(reader), sink),
        np.ones(len(reader), dtype=np.int64),
        unit_load * load_cost,
    )
    solver.set_nodes_supplies(everyone, network.needed)
    solver.set_node_supply(sink, -int(network.needed.sum()))
    status = solver.solve()
    is_complete = status == solver.OPTIMAL
    if not is_complete:
        status = solver.solve_max_flow_with_min_cost()
        if status != solver.OPTIMAL:
            raise RuntimeError(f"the solver gave up: {status}")
    chosen = np.zeros((nominees, jurors), dtype=np.bool_)
    if len(rows):
        chosen[rows, columns] = solver.flows(np.arange(len(rows))) > 0
    return Flow(chosen, is_complete)


def _costs(network: Network, seed: str, *, highest_unit: int) -> tuple[Integers, int]:
    """The cost of each pair, and of one unit of load.

    Equal loads come before any soft cost and any soft cost before the lot: the sum of all lots is
    less than one point of soft cost, and the sum of those less than the least step in the sum of
    squared loads, which is 2.
    """
    reviews = int(network.needed.sum())
    points_max = reviews * int(network.soft.max(initial=0))
    nodes = 2 * len(network.nominees) + len(network.jurors) + 2
    lots = LOTS_MAX
    while lots >= 1:
        point = reviews * lots + 1
        load_cost = point * (points_max + 1) // 2 + 1
        if highest_unit * load_cost * nodes < COST_LIMIT:
            return network.soft * point + _lots(network, seed, lots), load_cost
        lots //= 2
    raise OverflowError("soft costs are too high for a panel of this size")


def _lots(network: Network, seed: str, lots: int) -> Integers:
    """A lot for each pair, drawn by the seed and the nominee's id alone."""
    width = len(network.jurors)
    rows = [
        np.frombuffer(
            hashlib.shake_256(f"{seed}\0{nominee.id}".encode()).digest(2 * width), dtype="<u2"
        )
        for nominee in network.nominees
    ]
    return np.array(rows, dtype=np.int64).reshape(len(rows), width) % lots
