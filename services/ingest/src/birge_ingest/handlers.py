"""What happens to the events of a request: inspect, tell duplicates, append, remember, answer."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from birge_common.clock import Clock
from birge_common.contracts.topics import QUARANTINE
from birge_common.security.keys import Partner
from birge_common.security.receipts import Receipt, ReceiptSigner
from birge_ingest.checks.inspection import Bounds, inspect
from birge_ingest.checks.verdicts import Admissible, Inadmissible
from birge_ingest.domain.records import Quarantined, Record, SeenEvent
from birge_ingest.domain.refusal import Refusal
from birge_ingest.domain.value import Warned
from birge_ingest.ports import EventLog, QuarantineWrites, SeenEvents
from birge_ingest.quarantining import quarantined_from, record_from
from birge_ingest.sealing import Discretion
from birge_ingest.tracing import SendSpan, current_trace_id, send_spans
from birge_ingest.wire.framing import Arrived

# Other requests get their turn after as many events: checking one takes about 20 µs.
_EVENTS_AT_A_TIME = 100

ID_REUSED = Refusal(
    "id_reused",
    "/id",
    "Another event was accepted under this id; give a correction a new id and a higher version.",
)


class Result(Struct, frozen=True, gc=False):
    """What became of one event."""

    id: str | None
    status: Literal["accepted", "duplicate", "rejected"]
    receipt: str | None
    refusals: Sequence[Refusal] = ()
    warnings: Sequence[Warned] = ()
    trace_id: str | None = None


@dataclass(slots=True)
class _Sorted:
    """The events of a request by what is to be done with them, each with its place."""

    fresh: dict[int, Admissible]
    repeated: dict[int, Admissible]
    refused: dict[int, Inadmissible]


@dataclass(frozen=True)
class Door:
    """Takes events from partners onto the log."""

    log: EventLog
    seen: SeenEvents
    quarantine: QuarantineWrites
    signer: ReceiptSigner
    clock: Clock
    discretion: Discretion

    async def on_events(self, arrived: Sequence[Arrived], partner: Partner) -> list[Result]:
        """The results in order; a receipt means that all in-sync replicas have the record.

        Raises LogUnavailableError, and then gives no receipt and remembers nothing.
        """
        now = self.clock.now()
        inspected = await self._inspected(arrived, partner, Bounds.at(now))
        admissible = [event for event in inspected if isinstance(event, Admissible)]
        seen = await self.seen.find({event.identity for event in admissible})
        known = {identity: event.digest for identity, event in seen.items()}
        by_fate = _sorted(inspected, known)
        entries = [
            quarantined_from(
                refused,
                partner,
                place=at,
                now=now,
                trace_id=current_trace_id(),
                digest_of_withheld=self.discretion.digest_of_withheld,
            )
            for at, refused in by_fate.refused.items()
        ]
        results = await self._appended(by_fate, entries, dict(seen))
        await self.quarantine.keep(entries)
        return [results[at] for at in range(len(inspected))]

    async def _inspected(
        self, arrived: Sequence[Arrived], partner: Partner, bounds: Bounds
    ) -> list[Admissible | Inadmissible]:
        inspected: list[Admissible | Inadmissible] = []
        for start in range(0, len(arrived), _EVENTS_AT_A_TIME):
            if start:
                await asyncio.sleep(0)
            for event in arrived[start : start + _EVENTS_AT_A_TIME]:
                verdict = inspect(event, partner, bounds)
                if isinstance(verdict, Admissible):
                    verdict = self.discretion.admitted(verdict)
                inspected.append(verdict)
        return inspected

    async def _appended(
        self, by_fate: _Sorted, entries: Sequence[Quarantined], seen: dict[str, SeenEvent]
    ) -> dict[int, Result]:
        """Append what is fresh and what is refused; remember; results by place."""
        fresh = list(by_fate.fresh.values())
        with send_spans(fresh, quarantine=QUARANTINE, refused=len(entries)) as (spans, span):
            records = await self._records(fresh, spans)
            if span is not None:
                records += [record_from(entry, span) for entry in entries]
            positions = await self.log.append(records) if records else []
        accepted = [
            SeenEvent(
                event.identity, event.digest, position.partition, position.offset, own.trace_id
            )
            for event, own, position in zip(fresh, spans, positions, strict=False)
        ]
        await self.seen.remember(accepted)
        first = {**{event.identity: event for event in accepted}, **seen}
        return self._results(by_fate, first)

    async def _records(
        self, events: Sequence[Admissible], spans: Sequence[SendSpan]
    ) -> list[Record]:
        records: list[Record] = []
        for event, span in zip(events, spans, strict=True):
            # Sealing takes longer than checking.
            if len(records) % _EVENTS_AT_A_TIME == _EVENTS_AT_A_TIME - 1:
                await asyncio.sleep(0)
            key = f"{event.source}|{event.subject}".encode()
            text = self.discretion.log_text(event)
            records.append(Record(event.topic, key, text, span.headers))
        return records

    def _results(self, by_fate: _Sorted, first: Mapping[str, SeenEvent]) -> dict[int, Result]:
        """The results by place; `first` is what was accepted under each identity."""
        results: dict[int, Result] = {}
        for at, event in by_fate.fresh.items():
            own = first[event.identity]
            receipt = self.signer.sign(_receipt(event, own))
            results[at] = Result(event.id, "accepted", receipt, (), event.warnings, own.trace_id)
        for at, event in by_fate.repeated.items():
            receipt = self.signer.sign(_receipt(event, first[event.identity]))
            results[at] = Result(event.id, "duplicate", receipt, (), event.warnings)
        for at, refused in by_fate.refused.items():
            results[at] = Result(refused.id, "rejected", None, refused.refusals, refused.warnings)
        return results


def _sorted(inspected: Sequence[Admissible | Inadmissible], known: dict[str, str]) -> _Sorted:
    """Sort events by fate; `known` holds the digests of identities, and learns the fresh ones."""
    by_fate = _Sorted({}, {}, {})
    for at, event in enumerate(inspected):
        if isinstance(event, Inadmissible):
            by_fate.refused[at] = event
            continue
        digest = known.get(event.identity)
        if digest is None:
            known[event.identity] = event.digest
            by_fate.fresh[at] = event
        elif digest == event.digest:
            by_fate.repeated[at] = event
        else:
            by_fate.refused[at] = event.refused_as(ID_REUSED)
    return by_fate


def _receipt(event: Admissible, first: SeenEvent) -> Receipt:
    """The receipt of the event that was accepted first; this one has the same content."""
    return Receipt(
        source=event.source,
        id=event.id,
        type=event.type,
        subject=event.subject,
        version=event.version,
        topic=event.topic,
        partition=first.partition,
        offset=first.offset,
        digest=event.digest,
        trace_id=first.trace_id,
    )
