"""Whatever is done to a log's files is found, and the first bad leaf is named as it truly is.

The logs are made by the writer's side and judged by the verifier's, so the two programs, which
share no code, also show here that they mean the same format.
"""

import io
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from birge_common.transparency.checkpoint import Checkpoint, sign_checkpoint
from birge_common.transparency.leaf import Act, leaf_of
from birge_common.transparency.merkle import Frontier, leaf_hash
from birge_common.transparency.note import Signer
from birge_stack.audit.notes import PublicKey, public_key, statements_in
from birge_stack.audit.verification import Kind, Span, Verified, verify

START = datetime(2026, 3, 1, tzinfo=UTC)
SIGNER = Signer("example.org/log", bytes(range(32)))
STRANGER = Signer("example.org/log", bytes(32))
KEYS: list[PublicKey] = [public_key(str(SIGNER.verifier))]


@dataclass(frozen=True)
class Log:
    """A log as files: lines and notes, and the notes that were kept elsewhere."""

    lines: tuple[bytes, ...]
    notes: tuple[bytes, ...]
    sizes: tuple[int, ...]
    copy: tuple[bytes, ...] = ()

    def verified(self) -> Verified:
        copies = [statements_in("the copy", _kept(self.copy), KEYS)] if self.copy else []
        signed = statements_in("checkpoints", _kept(self.notes), KEYS)
        return verify(io.BytesIO(b"".join(self.lines)), signed, copies)


@dataclass(frozen=True)
class Expected:
    """What the verifier must say: of which kinds, and where the first bad leaf may be said to be.

    `truth` is the first leaf that is not what it was; None where only checkpoints were touched.
    """

    kinds: frozenset[Kind]
    truth: int | None
    span: Span | None = None
    is_exact: bool = False


Tampered = tuple[Log, Expected]


def _kept(notes: Sequence[bytes]) -> bytes:
    return b"".join(note + b"\n" for note in notes)


def line_of(seq: int, note: str = "") -> bytes:
    public = {"region": "KZ-10", "note": note} if note else {"region": "KZ-10"}
    at = START + timedelta(seconds=seq)
    act = Act(at, f"juror-{seq % 5}", "score.submitted", f"n-{seq % 7}", f"{seq:064x}", public)
    return leaf_of(seq, act).line() + b"\n"


def note_of(lines: Sequence[bytes], signer: Signer = SIGNER) -> bytes:
    frontier = Frontier()
    for line in lines:
        frontier.append(leaf_hash(line[:-1]))
    return sign_checkpoint(Checkpoint(signer.name, frontier.size, frontier.root()), signer).note


@cache
def log_of(seed: int) -> Log:
    chance = random.Random(f"log {seed}")
    total = chance.randint(6, 24)
    inner = chance.sample(range(1, total), chance.randint(1, 4))
    sizes = range(1, total + 1) if seed == 0 else sorted({0, *inner, total})
    lines = tuple(line_of(seq, chance.choice(["", "a", "әліппе"])) for seq in range(total))
    return Log(lines, tuple(note_of(lines[:size]) for size in sizes), tuple(sizes))


def bounds(sizes: Sequence[int], truth: int) -> Span:
    """Between which checkpoints a leaf lies; without one after it, the leaf itself is last."""
    later = [size for size in sizes if size > truth]
    return Span(
        max((s for s in sizes if s <= truth), default=0), min(later) - 1 if later else truth
    )


def of_lines(log: Log, lines: Sequence[bytes], *, is_exact: bool = False) -> Tampered:
    """Other lines under the same checkpoints."""
    joined = b"".join(lines).split(b"\n")
    after = [line + b"\n" for line in joined[:-1]] + ([joined[-1]] if joined[-1] else [])
    pairs = enumerate(zip([*log.lines, b""], [*after, *[b""] * len(log.lines)], strict=False))
    truth = next(at for at, (was, now) in pairs if was != now)
    kinds = {Kind.CHANGED, Kind.MISSING, Kind.UNSIGNED, Kind.MALFORMED}
    expected = Expected(frozenset(kinds), truth, bounds(log.sizes, truth), is_exact)
    return replace(log, lines=tuple(lines)), expected


def edit_a_byte(log: Log, chance: random.Random) -> Tampered:
    at = chance.randrange(len(log.lines))
    line = bytearray(log.lines[at])
    line[chance.randrange(len(line))] ^= chance.randint(1, 255)
    return of_lines(log, [*log.lines[:at], bytes(line), *log.lines[at + 1 :]])


def edit_well(log: Log, chance: random.Random) -> Tampered:
    """Another leaf of perfect form: only the roots can tell."""
    at = chance.randrange(len(log.lines))
    return of_lines(log, [*log.lines[:at], line_of(at, "other"), *log.lines[at + 1 :]])


def delete(log: Log, chance: random.Random) -> Tampered:
    at = chance.randrange(len(log.lines))
    return of_lines(log, [*log.lines[:at], *log.lines[at + 1 :]], is_exact=True)


def delete_and_renumber(log: Log, chance: random.Random) -> Tampered:
    """Later leaves move up and take the numbers that belong there."""
    at = chance.randrange(len(log.lines) - 1)
    moved = [
        line.replace(b'"seq":%d,' % seq, b'"seq":%d,' % (seq - 1))
        for seq, line in enumerate(log.lines[at + 1 :], start=at + 1)
    ]
    return of_lines(log, [*log.lines[:at], *moved])


def swap(log: Log, chance: random.Random) -> Tampered:
    first, second = sorted(chance.sample(range(len(log.lines)), 2))
    lines = list(log.lines)
    lines[first], lines[second] = lines[second], lines[first]
    return of_lines(log, lines, is_exact=True)


def duplicate(log: Log, chance: random.Random) -> Tampered:
    at = chance.randrange(len(log.lines))
    return of_lines(log, [*log.lines[: at + 1], *log.lines[at:]], is_exact=True)


def truncate_log(log: Log, chance: random.Random) -> Tampered:
    return of_lines(log, log.lines[: chance.randrange(len(log.lines))])


def tear_log(log: Log, chance: random.Random) -> Tampered:
    whole = b"".join(log.lines)
    return of_lines(log, [whole[: chance.randrange(len(whole))]])


def add_unsigned(log: Log, _: random.Random) -> Tampered:
    return of_lines(log, [*log.lines, line_of(len(log.lines))], is_exact=True)


def truncate_checkpoints(log: Log, chance: random.Random) -> Tampered:
    kept = chance.randrange(len(log.notes))
    return _of_fewer_checkpoints(log, log.notes[:kept], log.sizes[:kept])


def replace_last_key(log: Log, _: random.Random) -> Tampered:
    """The last checkpoint is right but signed with a key that is not the log's."""
    notes = (*log.notes[:-1], note_of(log.lines, STRANGER))
    return _of_fewer_checkpoints(log, notes, log.sizes[:-1])


def _of_fewer_checkpoints(log: Log, notes: Sequence[bytes], sizes: Sequence[int]) -> Tampered:
    covered = max(sizes, default=0)
    kinds = {Kind.UNSIGNED, Kind.CHECKPOINT}
    expected = Expected(frozenset(kinds), None, Span(covered, covered))
    return replace(log, notes=tuple(notes)), expected


def replace_inner_key(log: Log, chance: random.Random) -> Tampered:
    at = chance.randrange(len(log.notes) - 1)
    note = note_of(log.lines[: log.sizes[at]], STRANGER)
    notes = (*log.notes[:at], note, *log.notes[at + 1 :])
    return replace(log, notes=notes), Expected(frozenset({Kind.CHECKPOINT}), None)


def edit_a_checkpoint(log: Log, chance: random.Random) -> Tampered:
    """Any byte of any but the last two; a broken end of a note may spoil the one after it."""
    at = chance.randrange(max(len(log.notes) - 2, 1))
    note = bytearray(log.notes[at])
    note[chance.randrange(len(note) - 1)] ^= chance.randint(1, 255)
    notes = (*log.notes[:at], bytes(note), *log.notes[at + 1 :])
    return replace(log, notes=notes), Expected(frozenset({Kind.CHECKPOINT}), None)


def edit_the_last_checkpoint(log: Log, chance: random.Random) -> Tampered:
    """The leaves that it alone covered are covered by nothing."""
    note = bytearray(log.notes[-1])
    note[chance.randrange(1, len(note) - 1)] ^= chance.randint(1, 255)
    return _of_fewer_checkpoints(log, (*log.notes[:-1], bytes(note)), log.sizes[:-1])


def reorder_checkpoints(log: Log, chance: random.Random) -> Tampered:
    first, second = chance.sample(range(len(log.notes)), 2)
    notes = list(log.notes)
    notes[first], notes[second] = notes[second], notes[first]
    return replace(log, notes=tuple(notes)), Expected(frozenset({Kind.CHECKPOINT}), None)


def repeat_a_checkpoint(log: Log, chance: random.Random) -> Tampered:
    at = chance.randrange(len(log.notes))
    notes = (*log.notes[: at + 1], *log.notes[at:])
    return replace(log, notes=notes), Expected(frozenset({Kind.CHECKPOINT}), None)


def add_to_the_checkpoints(log: Log, chance: random.Random) -> Tampered:
    more = (chance.randbytes(8), log.notes[-1][:-9], b"\n", b"x")
    notes = (*log.notes, chance.choice(more))
    return replace(log, notes=notes), Expected(frozenset({Kind.CHECKPOINT}), None)


def drop_a_checkpoint(log: Log, chance: random.Random) -> Tampered:
    """Seen only beside a copy; the leaves are all as they were."""
    at = chance.randrange(len(log.notes))
    notes = (*log.notes[:at], *log.notes[at + 1 :])
    return replace(log, notes=notes, copy=log.notes), Expected(frozenset({Kind.CHECKPOINT}), None)


def truncate_both(log: Log, chance: random.Random) -> Tampered:
    """Cut back to an earlier checkpoint: a sound log, except beside a copy."""
    kept = chance.randrange(len(log.notes) - 1)
    size = log.sizes[kept]
    cut = replace(log, lines=log.lines[:size], notes=log.notes[: kept + 1])
    assert cut.verified().is_sound
    return replace(cut, copy=log.notes), Expected(
        frozenset({Kind.MISSING}), size, Span(size, size), is_exact=True
    )


def fork(log: Log, chance: random.Random) -> Tampered:
    """Rewritten from some leaf on and signed anew with the log's own key: sound in itself."""
    at = chance.randrange(len(log.lines))
    other = [line_of(seq, "other") for seq in range(at, len(log.lines) + chance.randint(0, 3))]
    lines = (*log.lines[:at], *other)
    shared = [size for size in log.sizes if size <= at]
    sizes = (*shared, *sorted({*chance.sample(range(at + 1, len(lines) + 1), 1), len(lines)}))
    forked = Log(lines, tuple(note_of(lines[:size]) for size in sizes), sizes)
    assert forked.verified().is_sound
    kinds = frozenset({Kind.FORKED})
    return replace(forked, copy=log.notes), Expected(kinds, at, bounds(log.sizes, at))


def fork_at_a_checkpoint(log: Log, chance: random.Random) -> Tampered:
    """Two checkpoints of one size, both signed, in the log's own file."""
    at = chance.randrange(len(log.lines))
    size = min(each for each in log.sizes if each > at)
    other = note_of([*log.lines[:at], line_of(at, "other"), *log.lines[at + 1 : size]])
    place = log.sizes.index(size) + 1
    notes = (*log.notes[:place], other, *log.notes[place:])
    span = Span(max((each for each in log.sizes if each < size), default=0), size - 1)
    kinds = frozenset({Kind.FORKED, Kind.CHECKPOINT})
    return replace(log, notes=notes), Expected(kinds, at, span)


TAMPERINGS: Sequence[Callable[[Log, random.Random], Tampered]] = (
    edit_a_byte,
    edit_well,
    delete,
    delete_and_renumber,
    swap,
    duplicate,
    truncate_log,
    tear_log,
    add_unsigned,
    truncate_checkpoints,
    replace_last_key,
    replace_inner_key,
    edit_a_checkpoint,
    edit_the_last_checkpoint,
    reorder_checkpoints,
    repeat_a_checkpoint,
    add_to_the_checkpoints,
    drop_a_checkpoint,
    truncate_both,
    fork,
    fork_at_a_checkpoint,
)
ONLY_CHECKPOINTS = frozenset({Kind.CHECKPOINT, Kind.UNSIGNED})


def test_the_logs_are_sound_before_anything_is_done_to_them() -> None:
    for seed in range(12):
        log = log_of(seed)
        found = log.verified()
        assert found.is_sound, found.findings
        assert (found.size, found.covered) == (len(log.lines), len(log.lines))
        assert found.first_bad is None
        assert replace(log, copy=log.notes).verified().is_sound
        assert replace(log, copy=(*log.notes[::-1], log.notes[0])).verified().is_sound


def tamper(seed: int) -> tuple[str, Kind]:
    """One random tampering, and everything that must be said of it."""
    chance = random.Random(f"tampering {seed}")
    log = log_of(chance.randrange(12))
    done = TAMPERINGS[seed % len(TAMPERINGS)]
    tampered, expected = done(log, chance)
    found = tampered.verified()
    said = f"{done.__name__}, seed {seed}: {found.first_bad}, {found.findings}, {expected}"
    assert not found.is_sound, said
    assert {each.kind for each in found.findings} <= expected.kinds, said
    if expected.truth is None:
        assert found.first_bad == expected.span, said
    else:
        assert found.first_bad is not None, said
        assert expected.span is not None, said
        assert found.first_bad.first <= expected.truth <= found.first_bad.last, said
        assert found.first_bad.first >= expected.span.first, said
        assert found.first_bad.last <= expected.span.last, said
        if expected.is_exact:
            assert found.first_bad.last == expected.truth, said
    return done.__name__, found.findings[0].kind


def tamper_often(times: int) -> None:
    seen = Counter(tamper(seed) for seed in range(times))
    assert {name for name, _ in seen} == {each.__name__ for each in TAMPERINGS}
    assert {kind for _, kind in seen} == set(Kind) - {Kind.MALFORMED}


def test_two_thousand_random_tamperings_are_all_found() -> None:
    tamper_often(2_000)


@pytest.mark.slow
def test_ten_thousand_random_tamperings_are_all_found() -> None:
    tamper_often(10_000)


def test_a_checkpoint_for_each_leaf_names_the_very_leaf() -> None:
    log = log_of(0)
    for at in range(len(log.lines)):
        lines = (*log.lines[:at], line_of(at, "other"), *log.lines[at + 1 :])
        assert replace(log, lines=lines).verified().first_bad == Span(at, at)


def test_a_copy_with_checkpoints_between_narrows_the_claim() -> None:
    lines = tuple(line_of(seq) for seq in range(20))
    edited = (*lines[:12], line_of(12, "other"), *lines[13:])
    log = Log(edited, (note_of(lines),), (20,))
    assert log.verified().first_bad == Span(0, 19)
    narrowed = replace(log, copy=(note_of(lines[:11]), note_of(lines[:14]))).verified()
    assert narrowed.first_bad == Span(11, 13)


def test_a_copy_and_the_log_s_own_checkpoints_narrow_the_claim_together() -> None:
    lines = tuple(line_of(seq) for seq in range(20))
    edited = (*lines[:12], line_of(12, "other"), *lines[13:])
    log = Log(edited, (note_of(lines[:10]), note_of(lines)), (10, 20), (note_of(lines[:14]),))
    assert log.verified().first_bad == Span(10, 13)


def test_a_faulty_line_that_was_signed_comes_before_a_later_edit() -> None:
    faulty = line_of(1).replace(b'"seq":1', b'"seq":7')
    lines = (line_of(0), faulty, *(line_of(seq) for seq in range(2, 8)))
    edited = (*lines[:6], line_of(6, "other"), lines[7])
    found = Log(edited, (note_of(lines[:4]), note_of(lines)), (4, 8)).verified()
    assert found.first_bad == Span(1, 1)
    assert [each.kind for each in found.findings] == [Kind.CHANGED, Kind.MALFORMED]


def test_two_copies_narrow_it_further_and_a_stranger_s_says_nothing() -> None:
    lines = tuple(line_of(seq) for seq in range(20))
    edited = (*lines[:12], line_of(12, "other"), *lines[13:])
    texts = [note_of(lines[:12]), note_of(lines[:13])]
    copies = [statements_in(f"copy {at}", text + b"\n", KEYS) for at, text in enumerate(texts)]
    stranger = statements_in("stranger", note_of(edited, STRANGER) + b"\n", KEYS)
    signed = statements_in("checkpoints", note_of(lines) + b"\n", KEYS)

    found = verify(io.BytesIO(b"".join(edited)), signed, [*copies, stranger])
    assert found.first_bad == Span(12, 12)
    assert any("stranger" in each.sentence for each in found.findings)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (line_of(3).replace(b'"seq":3', b'"seq":4'), "carries the number 4"),
        (line_of(3).replace(b"00:00:03", b"00:00:01"), "earlier than the one before"),
        (line_of(3).replace(b"03-01T", b"13-41T"), "which never was"),
        (line_of(3).replace(b'"KZ-10"', b'"KZ-10" '), "public part"),
        (line_of(3).replace(b'"KZ-10"', b"1.5"), "public part"),
        (line_of(3).replace(b'"KZ-10"', b"9007199254740992"), "public part"),
        (line_of(3).replace(b'"KZ-10"', b"1" * 5000), "public part"),
        (line_of(3).replace(b'"KZ-10"', b"NaN"), "public part"),
        (line_of(3).replace(b'"KZ-10"', b'"\\u004b"'), "public part"),
        (line_of(3).replace(b'"KZ-10"', b'"\\ud800"'), "public part"),
        (line_of(3).replace(b'"KZ-10"', b'"\xff"'), "public part"),
        (line_of(3).replace(b'"KZ-10"', b'1,"region":2'), "public part"),
        (line_of(3).replace(b'"KZ-10"', b"[" * 9999 + b"]" * 9999), "public part"),
        (line_of(3).replace(b'"region"', '"ә"'.encode()), "public part"),
        (line_of(3).replace(b'{"act"', b'{"more":1,"act"'), "not the canonical line"),
        (b"\xef\xbb\xbf" + line_of(3), "not the canonical line"),
        (line_of(3).replace(b"\n", b"\r\n"), "not the canonical line"),
        (b"\n", "not the canonical line"),
    ],
    ids=range(18),
)
def test_a_faulty_line_that_was_signed_is_still_named(line: bytes, said: str) -> None:
    lines = (*(line_of(seq) for seq in range(3)), line, *(line_of(seq) for seq in range(4, 6)))
    found = Log(lines, (note_of(lines),), (6,)).verified()
    assert found.first_bad == Span(3, 3)
    assert [each.kind for each in found.findings] == [Kind.MALFORMED]
    assert said in found.findings[0].sentence


def test_an_empty_log_is_sound_only_with_its_checkpoint() -> None:
    assert Log((), (note_of(()),), (0,)).verified().is_sound
    nothing = Log((), (), ()).verified()
    assert [each.kind for each in nothing.findings] == [Kind.CHECKPOINT]
