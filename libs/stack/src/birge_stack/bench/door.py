"""Goal 9: the door beside a tutorial's route, and beside a route that does nothing."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from statistics import median

from birge_stack.bench.events import sent_events
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.load import Load, put_under
from birge_stack.bench.rounds import collected

BATCH_EVENTS = 500
BATCHES, SINGLES = 400, 20_000
BATCH_DOOR, BATCH_TUTORIAL = "door, batch of 500", "tutorial route, batch of 500"
ONE_DOOR, ONE_EMPTY = "door, one event", "empty POST, one event"


def door_findings(
    *,
    door_url: str,
    tutorial_url: str,
    key: str,
    rounds: int,
    seconds: float,
    say: Callable[[str], None],
) -> list[Finding]:
    """Requests a second of each side, in turns; no event is sent to the door twice."""
    numbers = iter(range(100_000_000, 2_000_000_000, 1_000_000))

    def measure(name: str) -> float:
        served = put_under(
            _load(name, door_url, tutorial_url, key, next(numbers), seconds), status=202
        )
        say(f"{name}: {served.rate:,.0f} requests a second")
        return served.rate

    rates = collected([BATCH_TUTORIAL, BATCH_DOOR, ONE_EMPTY, ONE_DOOR], rounds, measure)
    batches = _by(rates[BATCH_DOOR], rates[BATCH_TUTORIAL])
    singles = _by(rates[ONE_DOOR], rates[ONE_EMPTY])
    return [
        Finding(
            Goal("9", "door : tutorial route, batches of 500", "×", 1.4, 4),
            median(batches),
            batches,
        ),
        Finding(
            Goal("9", "door : empty POST, one event", "share", 0.2, 0.4), median(singles), singles
        ),
    ]


def _by(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    return [mine / other for mine, other in zip(ours, theirs, strict=True)]


def _load(
    name: str, door_url: str, tutorial_url: str, key: str, first_number: int, seconds: float
) -> Load:
    authorization = {"Authorization": f"Bearer {key}"}
    if name in (BATCH_DOOR, BATCH_TUTORIAL):
        count = round(BATCHES * seconds / 4)
        bodies = list(batches_of(_values(count * BATCH_EVENTS, first_number)))
        if name == BATCH_DOOR:
            content = {"Content-Type": "application/cloudevents-batch+json"}
            return Load(f"{door_url}/v1/events", bodies, {**authorization, **content}, 8, seconds)
        content = {"Content-Type": "application/json"}
        return Load(f"{tutorial_url}/v1/events", bodies, content, 8, seconds)
    bodies = list(_values(round(SINGLES * seconds / 4), first_number))
    if name == ONE_DOOR:
        content = {"Content-Type": "application/cloudevents+json"}
        return Load(f"{door_url}/v1/events", bodies, {**authorization, **content}, 32, seconds)
    return Load(f"{tutorial_url}/empty", bodies, {"Content-Type": "application/json"}, 32, seconds)


def _values(count: int, first_number: int) -> Iterator[bytes]:
    return (
        event.value
        for event in sent_events(count, seed=first_number, first_number=first_number)
        if not event.is_resent
    )


def batches_of(values: Iterator[bytes], size: int = BATCH_EVENTS) -> Iterator[bytes]:
    """JSON arrays of `size` events each; what does not fill one is left out."""
    while len(several := list(islice(values, size))) == size:
        yield b"[" + b",".join(several) + b"]"
