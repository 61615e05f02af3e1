"""Writes the acts that were kept into the tamper-evident log, in their order, each once.

An act has its number from the transaction that kept it, and the log knows how many it holds. So
after a crash at any point the log goes on with the next number; nothing is written twice.
"""

import asyncio
from contextlib import suppress
from pathlib import Path

import structlog

from birge_awards.ports import AwardsStore, NumberedAct, Outgoing
from birge_common.clock import Clock
from birge_common.contracts.awards import CheckpointSignedV1
from birge_common.transparency.leaf import Act
from birge_common.transparency.log_file import LogFile, create_log
from birge_common.transparency.note import Signer

LOG = "awards"
"""The log's name among the logs of a deployment."""
_BATCH_ACTS = 1_000
_PAUSE_SECONDS = 0.2

log = structlog.get_logger()


class NumbersMissing(Exception):
    """The store's acts do not continue the log: restore the store, or read the runbook."""


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
    ) -> None:
        self._store = store
        self._log = written
        self._clock = clock
        self._away = away

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
        """Append what was kept since; returns how many acts that was. Raises NumbersMissing."""
        size = self._log.size
        acts = await self._store.acts(size, _BATCH_ACTS)
        if not acts:
            return 0
        if [one.number for one in acts] != list(range(size, size + len(acts))):
            raise NumbersMissing(f"the log has {size} acts, the store goes on at {acts[0].number}")
        signed = await asyncio.to_thread(self._log.append, [_act_from(one) for one in acts])
        checkpoint = signed.checkpoint
        await self._store.tell(
            Outgoing(
                "checkpoint.signed",
                CheckpointSignedV1(
                    log=LOG,
                    size=checkpoint.size,
                    note=tuple(signed.note.decode().splitlines()),
                ),
            ),
            cause=f"checkpoint-{checkpoint.size}",
            now=self._clock.now(),
        )
        return len(acts)


def _act_from(one: NumberedAct) -> Act:
    return Act(one.at, one.actor, one.act, one.subject, one.commitment, one.public)
