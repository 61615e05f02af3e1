"""What the supervisor knows of a thing it keeps running: a component or a service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


class NotReady(Exception):
    """A part runs but does not answer its real request yet; the message says what it said."""


def nothing() -> None:
    """The step of a part that needs none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One program to start, to wait for by a real request, and to stop.

    `probe` raises NotReady until the part does its work. `prepare` runs before each start and
    `when_ready` after the good probe that follows it, so both must be harmless when repeated.
    """

    name: str
    argv: tuple[str, ...]
    url: str
    probe: Callable[[], None]
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] = nothing
    when_ready: Callable[[], None] = nothing
    needs: tuple[str, ...] = ()
    is_service: bool = False
    ready_within_seconds: float = 90.0
    stop_within_seconds: float = 20.0
