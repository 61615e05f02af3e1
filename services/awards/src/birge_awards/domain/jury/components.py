"""Which nominees can be compared at all: those whom a chain of shared jurors connects.

Between parts that share no juror, a better part cannot be told from a more lenient jury by any
formula, so ranks stay inside the parts.
"""

from collections.abc import Iterator

from birge_awards.domain.jury.scoring import Counted


def components(scores: Counted) -> tuple[frozenset[str], ...]:
    """The connected parts of the graph of jurors and nominees, as sets of nominees."""
    return tuple(_parts(scores))


def _parts(scores: Counted) -> Iterator[frozenset[str]]:
    by_nominee, by_juror = scores.by_nominee(), scores.by_juror()
    left = dict.fromkeys(by_nominee)
    while left:
        first = next(iter(left))
        part, seen_jurors, steps = {first}, set[str](), [first]
        while steps:
            for score in by_nominee[steps.pop()]:
                if score.juror in seen_jurors:
                    continue
                seen_jurors.add(score.juror)
                new = {one.nominee for one in by_juror[score.juror]} - part
                part |= new
                steps += new
        for nominee in part:
            del left[nominee]
        yield frozenset(part)
