"""Compares a log with everything that was signed about it, and names the first bad leaf.

Two things are known of each leaf: the checkpoints around it, whose roots fit the lines or do not,
and the line itself. A leaf that cannot be told from its neighbours by these is never accused alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from birge_stack.audit.lines import LineCheck
from birge_stack.audit.notes import Stated, Statements
from birge_stack.audit.tree import EMPTY_ROOT, GrowingRoot, hash_of_entry


class Kind(StrEnum):
    """What was found."""

    CHANGED = "changed"
    MISSING = "missing"
    FORKED = "forked"
    UNSIGNED = "unsigned"
    MALFORMED = "malformed"
    CHECKPOINT = "checkpoint"


@dataclass(frozen=True, slots=True)
class Span:
    """The first bad leaf is one of these, counted from 0; `first == last` is that very leaf."""

    first: int
    last: int

    def __str__(self) -> str:
        if self.first == self.last:
            return f"leaf {self.first}"
        return f"one of the leaves {self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in a sentence."""

    kind: Kind
    sentence: str


@dataclass(slots=True)
class Verified:
    """What a log was found to be."""

    size: int = 0
    covered: int = 0
    root: bytes = EMPTY_ROOT
    checkpoints: int = 0
    first_bad: Span | None = None
    # The checkpoint that the first bad leaf contradicts: what a second copy must fit to be right.
    contradicted: Stated | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class _Judged:
    """A statement, where it was read, and whether the lines fit; None: they end before it."""

    source: int
    stated: Stated
    fits: bool | None


@dataclass(frozen=True, slots=True)
class _Contradiction:
    """The first statement of one source that the log does not fit, and what that leaves open."""

    source: int
    stated: Stated
    span: Span


class _Reading:
    """One pass over the lines: the roots that are asked for and the first faulty line."""

    def __init__(self, lines: Iterable[bytes], sizes: Iterable[int]) -> None:
        self.roots: dict[int, bytes] = {}
        self.fault: tuple[int, str] | None = None
        wanted, tree, check = frozenset(sizes), GrowingRoot(), LineCheck()
        if 0 in wanted:
            self.roots[0] = tree.now()
        for line in lines:
            if not line.endswith(b"\n"):
                self._note(tree.size, "is cut off before the end of its line")
                break
            entry = line[:-1]
            if self.fault is None and (fault := check.fault(tree.size, entry)):
                self._note(tree.size, fault)
            tree.add(hash_of_entry(entry))
            if tree.size in wanted:
                self.roots[tree.size] = tree.now()
        self.size, self.root = tree.size, tree.now()

    def _note(self, index: int, fault: str) -> None:
        if self.fault is None:
            self.fault = (index, fault)


def verify(
    lines: Iterable[bytes], signed: Statements, copies: Sequence[Statements] = ()
) -> Verified:
    """Everything that is wrong with the lines and with the checkpoints kept beside them.

    `copies` are checkpoints that were kept where the log's writer cannot reach: without them a log
    that was cut together with its checkpoints, or signed anew, looks like one that never was more.
    """
    sources = [signed, *copies]
    reading = _Reading(lines, (each.size for source in sources for each in source.trusted))
    judged = [
        _Judged(number, stated, _fits(stated, reading))
        for number, source in enumerate(sources)
        for stated in source.trusted
    ]
    found = Verified(
        size=reading.size,
        root=reading.root,
        covered=max((each.stated.size for each in judged if each.fits), default=0),
        checkpoints=len(signed.trusted),
    )
    contradictions = list(_contradictions(judged, len(sources), reading.size))
    _say_first_bad(found, contradictions, judged, sources, reading)
    for number, source in enumerate(sources):
        found.findings += _untrusted(source)
        if number == 0:
            found.findings += _out_of_order(source)
        else:
            found.findings += _not_kept(signed, source, reading)
    return found


def _fits(stated: Stated, reading: _Reading) -> bool | None:
    root = reading.roots.get(stated.size)
    return None if root is None else root == stated.root


def _contradictions(judged: Sequence[_Judged], sources: int, size: int) -> Iterator[_Contradiction]:
    """Of each source, where the first bad leaf must be by what it states.

    The lines up to the last statement that fits are as they were signed. Copies vouch for each
    other and for the log's own checkpoints; these vouch only for themselves.
    """
    for source in range(sources):
        bad = [each.stated for each in judged if each.source == source and not each.fits]
        if bad:
            stated = min(bad, key=lambda each: each.size)
            sound = (
                each.stated.size
                for each in judged
                if each.fits and each.source in {source, *range(1, sources)}
            )
            first = max((each for each in sound if each < stated.size), default=0)
            yield _Contradiction(source, stated, Span(first, min(stated.size - 1, size)))


def _say_first_bad(
    found: Verified,
    contradictions: Sequence[_Contradiction],
    judged: Sequence[_Judged],
    sources: Sequence[Statements],
    reading: _Reading,
) -> None:
    """Name the first bad leaf, if any, and what it is that is wrong with it."""
    if contradictions:
        nearest = min(contradictions, key=lambda each: (each.span.last, each.stated.size))
        last = nearest.span.last
        first = max(each.span.first for each in contradictions if each.span.first <= last)
        found.first_bad, found.contradicted = Span(first, last), nearest.stated
        name = sources[nearest.source].name
        found.findings.append(_contradiction(nearest.stated, name, judged, reading.size))
    elif reading.size > found.covered:
        found.first_bad = Span(found.covered, found.covered)
        found.findings.append(
            Finding(
                Kind.UNSIGNED,
                f"no checkpoint covers the leaves from {found.covered} to {reading.size - 1}",
            )
        )
    if reading.fault is not None:
        index, fault = reading.fault
        found.findings.append(Finding(Kind.MALFORMED, f"leaf {index} {fault}"))
        found.first_bad = _narrowed(found.first_bad, index)


def _narrowed(span: Span | None, faulty: int) -> Span:
    """The first bad leaf, now that this one is known to be bad whatever was signed."""
    # Before the span, the lines are as they were signed: it was recorded wrong.
    if span is None or faulty < span.first:
        return Span(faulty, faulty)
    return Span(span.first, min(span.last, faulty))


def _contradiction(stated: Stated, name: str, judged: Sequence[_Judged], size: int) -> Finding:
    checkpoint = f"checkpoint {stated.number} of {name}, of {stated.size} leaves,"
    same_size = {each.stated.root for each in judged if each.stated.size == stated.size}
    fitting_later = [
        each.stated.size for each in judged if each.fits and each.stated.size >= stated.size
    ]
    if len(same_size) > 1 or fitting_later:
        return Finding(
            Kind.FORKED, f"{checkpoint} is signed for another history than that of this log"
        )
    if stated.size > size:
        return Finding(
            Kind.MISSING, f"{checkpoint} is signed, but the log ends after {size} leaves"
        )
    return Finding(Kind.CHANGED, f"{checkpoint} states another root than its leaves have")


def _untrusted(source: Statements) -> Iterator[Finding]:
    if not source.trusted and not source.untrusted:
        yield Finding(Kind.CHECKPOINT, f"{source.name} holds no checkpoint")
    for each in source.untrusted:
        yield Finding(
            Kind.CHECKPOINT,
            f"checkpoint {each.number} of {source.name}, at line {each.line}, {each.reason}",
        )


def _out_of_order(source: Statements) -> Iterator[Finding]:
    """A writer only ever grows its log, so each of its checkpoints is of more than the last."""
    for before, after in zip(source.trusted, source.trusted[1:], strict=False):
        if after.size <= before.size:
            yield Finding(
                Kind.CHECKPOINT,
                f"checkpoint {after.number} of {source.name} is of {after.size} leaves, "
                f"after one of {before.size}",
            )


def _not_kept(signed: Statements, copy: Statements, reading: _Reading) -> Iterator[Finding]:
    """What a copy holds and the log's own file does not, though the log fits it."""
    kept = {(each.size, each.root) for each in signed.trusted}
    for each in copy.trusted:
        if (each.size, each.root) not in kept and _fits(each, reading):
            yield Finding(
                Kind.CHECKPOINT,
                f"{signed.name} lacks the checkpoint of {each.size} leaves that {copy.name} has",
            )
