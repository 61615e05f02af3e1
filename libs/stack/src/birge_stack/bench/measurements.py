"""What one run of one contestant showed, and what several of them show together."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: records between the first and the last commit, and what they cost."""

    records: int
    seconds: float
    cpu_seconds: Mapping[str, float]
    memory_mb: float

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.records / self.seconds

    @property
    def cpu_us(self) -> dict[str, float]:
        """Processor time of each program, in microseconds a record."""
        return {name: spent / self.records * 1e6 for name, spent in self.cpu_seconds.items()}


@dataclass(frozen=True, slots=True)
class Medians:
    """The middle of several runs of one contestant."""

    rounds: int
    rate: float
    slowest: float
    fastest: float
    cpu_us: Mapping[str, float]
    memory_mb: float

    @property
    def cpu_us_in_all(self) -> float:
        """Processor time of all programs together: what a busy machine hardly changes."""
        return sum(self.cpu_us.values())


def medians(samples: Sequence[Sample]) -> Medians:
    """The medians of each figure by itself; CPU is by program."""
    rates = [sample.rate for sample in samples]
    programs = {name for sample in samples for name in sample.cpu_seconds}
    return Medians(
        rounds=len(samples),
        rate=statistics.median(rates),
        slowest=min(rates),
        fastest=max(rates),
        cpu_us={
            name: statistics.median(sample.cpu_us.get(name, 0.0) for sample in samples)
            for name in sorted(programs)
        },
        memory_mb=statistics.median(sample.memory_mb for sample in samples),
    )


def ratios(ours: Sequence[Sample], theirs: Sequence[Sample]) -> list[float]:
    """Our rate by theirs, round by round: neighbours in time share the machine's mood."""
    return [mine.rate / other.rate for mine, other in zip(ours, theirs, strict=False)]


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
