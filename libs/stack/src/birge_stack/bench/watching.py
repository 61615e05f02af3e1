"""Looks at running programs from outside: when they committed, and what that cost."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import psutil

from birge_stack.bench.measurements import Sample
from birge_stack.errors import StackError


@dataclass(frozen=True, slots=True)
class Look:
    """How many records were committed at one moment, and each program's processor time then."""

    committed: int
    at: float
    cpu_seconds: Mapping[str, float]


def look(committed: int, pids: Mapping[str, list[int]]) -> Look:
    """Note the moment first: reading processor times takes time itself."""
    at = time.perf_counter()
    return Look(committed, at, {name: _cpu_seconds(several) for name, several in pids.items()})


def sample_between(first: Look, last: Look, *, memory_mb: float) -> Sample:
    """What happened between two looks; warm-up and the first batch are before the first."""
    if last.committed <= first.committed:
        raise StackError("the log ended before anything was measured; give more --records")
    return Sample(
        records=last.committed - first.committed,
        seconds=last.at - first.at,
        cpu_seconds={
            name: spent - first.cpu_seconds[name] for name, spent in last.cpu_seconds.items()
        },
        memory_mb=memory_mb,
    )


def memory_mb(pids: list[int]) -> float:
    """The largest resident memory of several processes."""
    return max(float(psutil.Process(pid).memory_info().rss) for pid in pids) / 2**20


def _cpu_seconds(pids: list[int]) -> float:
    times = [psutil.Process(pid).cpu_times() for pid in pids]
    return float(sum(each.user + each.system for each in times))
