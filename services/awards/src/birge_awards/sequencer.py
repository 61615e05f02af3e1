"""Writes the acts that were kept into the tamper-evident log, in their order, each once.

An act has its number from the transaction that kept it, and the log knows how many it holds. So
after a crash at any point the log goes on with the next number; nothing is written twice.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import structlog

from birge_awards.ports import AwardsStore, NumberedAct, Outgoing
from birge_common.clock import Clock
from birge_common.contracts.awards import CheckpointSignedV1
from birge_common.testing.failpoints import FailPoints
from birge_common.transparency.leaf import Act, leaf_of
from birge_common.transparency.log_file import LogFile, create_log
from birge_common.transparency.note import Signer

LOG = "awards"
"""The log's name among the logs of a deployment."""
_BATCH_ACTS = 1_000
_PAUSE_SECONDS = 0.2
_BEHIND = (
    "{}: was the store restored from an older copy? Nothing is appended until it holds what was "
    "signed; see docs/runbooks/log-of-acts.md"
)

log = structlog.get_logger()


class StoreBehindLog(Exception):
    """The acts in the store are not those the log holds: nothing is written on such ground.

    The message says what happened; docs/runbooks/log-of-acts.md says what to do.
    """


def opened_log(folder: Path, signer: Signer) -> LogFile:
    """The log of this folder, a new one where there is none yet."""
    with suppress(FileExistsError):
        create_log(folder, signer)
    return LogFile(folder, signer)


class Sequencer:
    """The one writer of the log; every checkpoint also goes to Kafka, out of this machine's reach.

    `away` is what the store raises while its database does not answer.
    """

    def __init__(
        self,
        store: AwardsStore,
        written: LogFile,
        clock: Clock,
        *,
        away: type[Exception],
        fail_points: FailPoints,
    ) -> None:
        self._store = store
        self._log = written
        self._clock = clock
        self._away = away
        self._fail_points = fail_points
        self._told = 0

    async def run(self) -> None:
        """Write for ever; while the store is away, wait."""
        while True:
            try:
                if await self.write():
                    continue
            except self._away as error:
                log.warning("sequencer.waiting", reason=type(error).__name__)
            await asyncio.sleep(_PAUSE_SECONDS)

    async def write(self) -> int:
        """Append what was kept since; returns how many acts that was. Raises StoreBehindLog.

        A checkpoint whose telling a crash cut short is told by the next run.
        """
        if self._told < self._log.size:
            await self._tell()
        acts = self._continuing(await self._store.acts(max(self._log.size - 1, 0), _BATCH_ACTS))
        if not acts:
            return 0
        self._fail_points.reach("before_append")
        await asyncio.to_thread(self._log.append, [_act_from(one) for one in acts])
        self._fail_points.reach("after_append")
        await self._tell()
        self._fail_points.reach("after_telling")
        return len(acts)

    def _continuing(self, acts: Sequence[NumberedAct]) -> Sequence[NumberedAct]:
        """The acts behind the log's last leaf, which the first of them must be."""
        size, last = self._log.size, self._log.last
        if last is not None:
            if not acts:
                raise StoreBehindLog(_BEHIND.format(f"the log holds {size} acts, the store fewer"))
            held, *acts = acts
            if leaf_of(held.number, _act_from(held)).line() != last.line():
                raise StoreBehindLog(
                    _BEHIND.format(f"act {size - 1} is another one than the log's")
                )
        if [one.number for one in acts] != list(range(size, size + len(acts))):
            raise StoreBehindLog(_BEHIND.format(f"after {size} acts the store has a gap"))
        return acts

    async def _tell(self) -> None:
        """Say the checkpoint, once whoever has said it before."""
        signed = self._log.checkpoint
        size, note = signed.checkpoint.size, tuple(signed.note.decode().splitlines())
        event = CheckpointSignedV1(log=LOG, size=size, note=note)
        cause = f"checkpoint-{size}"
        outgoing = Outgoing("checkpoint.signed", event)
        await self._store.tell(outgoing, cause=cause, now=self._clock.now())
        self._told = size


def _act_from(one: NumberedAct) -> Act:
    return Act(one.at, one.actor, one.act, one.subject, one.commitment, one.public)
