"""The awards' worker as a real process behind the real door, and what it must have kept."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from birge_awards.handlers.nominations import candidacy_id
from birge_awards.ports import EVERYWHERE, NumberedAct
from birge_awards.stores.mongo import MongoAwardsStore
from birge_common.contracts.topics import AWARDS
from birge_common.mongo import connect
from birge_common.settings import MongoSettings
from birge_common.transparency.leaf import Leaf, leaf_from
from birge_common.transparency.log_file import CHECKPOINTS, LEAVES
from birge_common.transparency.note import Signer, new_signer
from birge_stack.part import Part
from birge_stack.ports import LOOPBACK, free_port
from birge_stack.process import PartProcess, last_lines
from birge_stack.web import probe_http
from tests.support.awards_house import House
from tests.support.door import NDJSON, PEPPER, PRIVATE_HALF, RECEIPT_KEY, Event, as_lines
from tests.support.eventually import eventually
from tests.support.ingest_process import IngestProcess
from tests.support.log_reading import records_of
from tests.support.nominations import WITHDRAWN, nomination, withdrawal
from tests.support.stack import EmbeddedStack

CYCLE, REGION = "2022", "KZ-75"
VAULT_KEY = "k" * 32
OF_THE_CYCLE = ("cycle.begin", "cycle.set_policy", "cycle.open_nominations")

Result = TypeVar("Result")


def corrected(number: int, version: int, source: str) -> Event:
    """A later version of a nomination, which says something else."""
    sent = nomination(f"n-{number}", source=source, version=version, citation=f"Жаңа {version}")
    return {**sent, "id": f"e-{number}-{version}"}


@dataclass
class AwardsProcess:
    """One database, log of acts and source; the worker is started as often as a test likes."""

    stack: EmbeddedStack
    door: IngestProcess
    folder: Path
    database: str = field(default_factory=lambda: f"awards_{uuid4().hex[:12]}")
    signer: Signer = field(default_factory=lambda: new_signer(f"birge.test/{uuid4().hex}"))
    sent: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.source = f"urn:{self.database}"
        self.key = self.door.new_key("Nominator", self.source)
        self.log = self.folder / "worker.log"
        self.acts_folder = self.folder / "acts"
        self._process: PartProcess | None = None

    def over_store(self, work: Callable[[MongoAwardsStore], Awaitable[Result]]) -> Result:
        """Do something with the store that the worker keeps to."""

        async def run() -> Result:
            client = connect(MongoSettings(uri=self.stack.mongo_uri))
            try:
                return await work(MongoAwardsStore(client, self.database))
            finally:
                client.close()

        return asyncio.run(run())

    def opens_nominations(self) -> None:
        """As a manager does; three acts."""
        self.over_store(
            lambda store: House(store=store, cycle=CYCLE).opens_nominations(regions=(REGION,))
        )

    def sends(self, events: Sequence[Event]) -> None:
        """Through the door; every one must be accepted."""
        now = datetime.now(UTC).isoformat()
        answer = self.door.send(
            as_lines([{**one, "time": now} for one in events]), NDJSON, self.key
        )
        results = answer.json()["results"]
        assert {result["status"] for result in results} == {"accepted"}, results
        self.sent += events

    def sends_a_story(self, first: int, count: int) -> None:
        """Nominations, some of them corrected, some taken back and one of these sent again."""
        numbers = range(first, first + count)
        self.sends([nomination(f"n-{number}", source=self.source) for number in numbers])
        later = [corrected(number, 2, self.source) for number in numbers[::3]]
        later += [
            withdrawal(f"n-{number}", source=self.source, version=2) for number in numbers[1::3]
        ]
        self.sends(later)
        self.sends([corrected(numbers[1], 3, self.source)])

    def spawns(self, fail: str = "") -> PartProcess:
        """Start the worker, with a fail point."""
        port = free_port()
        url = f"http://{LOOPBACK}:{port}"
        part = Part(
            name="awards-worker",
            argv=(sys.executable, "-m", "birge_awards", "worker"),
            url=url,
            probe=lambda: probe_http(f"{url}/health/ready"),
            environment={
                "BIRGE_KAFKA__BOOTSTRAP_SERVERS": self.stack.kafka_bootstrap,
                "BIRGE_MONGO__URI": self.stack.mongo_uri,
                "BIRGE_MONGO__DATABASE": self.database,
                "BIRGE_HTTP__PORT": str(port),
                "BIRGE_SECURITY__KEY_PEPPER": PEPPER,
                "BIRGE_SECURITY__RECEIPT_KEY": RECEIPT_KEY,
                "BIRGE_SEALING__PRIVATE_KEYS": PRIVATE_HALF,
                "BIRGE_AWARDS__VAULT_KEY": VAULT_KEY,
                "BIRGE_AWARDS__LOG_KEY": self.signer.secret(),
                "BIRGE_AWARDS__LOG_FOLDER": str(self.acts_folder),
                "BIRGE_FAIL": fail,
            },
            stop_within_seconds=15,
        )
        self._process = PartProcess(part, self.log)
        self._process.spawn()
        return self._process

    @property
    def is_running(self) -> bool:
        """Whether the worker that was spawned last has not ended."""
        return self._process is not None and self._process.is_running

    def ends(self) -> None:
        """Stop the worker as an operator does."""
        if self._process is not None and self._process.is_running:
            self._process.stop()

    def wait_ended(self, *, within_seconds: float) -> int:
        """The exit status of a worker that ends by itself, negative for a signal."""
        process = self._process
        assert process is not None, "spawn comes first"
        eventually(
            lambda: not process.is_running, within_seconds=within_seconds, what="the worker's end"
        )
        return process.wait()

    def acts(self) -> Sequence[NumberedAct]:
        """Every act in the store."""
        return self.over_store(lambda store: store.acts(0, 100_000))

    def leaves(self) -> list[Leaf]:
        """Every leaf in the log of acts."""
        path = self.acts_folder / LEAVES
        return [leaf_from(line) for line in path.read_bytes().splitlines()] if path.exists() else []

    def expected(self) -> dict[str, tuple[int, str]]:
        """By id, the version and state of each nomination as the door took them, in order."""
        held: dict[str, tuple[int, str]] = {}
        for event in self.sent:
            name = candidacy_id(self.source, event["subject"])
            version = event["data"]["version"]
            held[name] = (version, "withdrawn" if event["type"] == WITHDRAWN else "received")
        return held

    def kept(self) -> dict[str, tuple[int, str]]:
        """The same as the store has it."""
        found = self.over_store(lambda store: store.candidacies(CYCLE, EVERYWHERE))
        return {one.value.id: (one.value.version, str(one.value.state)) for one in found}

    def wait_done(self, *, within_seconds: float = 30) -> None:
        """Wait until everything sent is kept, logged and told."""

        def is_done() -> bool:
            return self.kept() == self.expected() and self.is_logged()

        try:
            eventually(is_done, within_seconds=within_seconds, what="the keeping of everything")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{last_lines(self.log, 12)}") from error

    def is_logged(self) -> bool:
        """Whether every act has its leaf, and the checkpoint of the last one is on Kafka."""
        leaves = len(self.leaves())
        return leaves == len(self.acts()) and leaves in {size for size, _ in self.told()}

    def told(self) -> list[tuple[int, str]]:
        """The checkpoints of this log on Kafka: their sizes and notes, without repetitions."""
        records = asyncio.run(records_of(self.stack.kafka_bootstrap, AWARDS))
        events = [json.loads(record.value) for record in records.values()]
        by_id: dict[str, Any] = {}
        for event in events:
            note = event["data"].get("note", [""])
            if note[0] == self.signer.name:
                assert by_id.setdefault(event["id"], event["data"]) == event["data"]
        return [(one["size"], "\n".join([*one["note"], ""])) for one in by_id.values()]

    def assert_whole(self) -> None:
        """Nothing is lost and nothing doubled, in the store, in the log and on Kafka."""
        self._assert_acts()
        acts, leaves = self.acts(), self.leaves()
        assert [one.number for one in acts] == [one.seq for one in leaves]
        for act, leaf in zip(acts, leaves, strict=True):
            assert (act.at, act.actor, act.act, act.subject) == (
                leaf.at,
                leaf.actor,
                leaf.act,
                leaf.subject,
            )
            assert (act.commitment, dict(act.public)) == (leaf.commitment, dict(leaf.public))
        self._assert_names_open()
        self.assert_audited()

    def _assert_acts(self) -> None:
        wanted = Counter((name, CYCLE, 0) for name in OF_THE_CYCLE)
        for event in self.sent:
            name = candidacy_id(self.source, event["subject"])
            if event["type"] == WITHDRAWN:
                wanted["nomination.withdraw", name, 0] += 1
            else:
                wanted["nomination.accept", name, event["data"]["version"]] += 1
        acts = self.acts()
        assert [one.number for one in acts] == list(range(len(acts)))
        of_nominations = Counter(
            (one.act, one.subject, one.public["version"] if "accept" in one.act else 0)
            for one in acts
        )
        assert of_nominations == wanted

    def _assert_names_open(self) -> None:
        citations = {
            candidacy_id(self.source, event["subject"]): event["data"]["citation"]
            for event in self.sent
            if event["type"] != WITHDRAWN
        }

        async def opened(store: MongoAwardsStore) -> dict[str, str]:
            kept = [one.value for one in await store.candidacies(CYCLE, EVERYWHERE)]
            personal = await House(store=store).nominations.personal_of(kept)
            return {name: one.citation for name, one in personal.items()}

        assert self.over_store(opened) == citations

    def assert_audited(self) -> None:
        """By the separate program, which is also given the checkpoints that came over Kafka."""
        told = self.told()
        sizes = [size for size, _ in told]
        exported = self.folder / "exported.txt"
        exported.write_text("".join(f"{note}\n" for _, note in sorted(told)), "utf-8")
        kept = (self.acts_folder / CHECKPOINTS).read_text("utf-8")
        assert len(set(sizes)) == len(sizes)
        assert sorted(sizes) == [
            int(note.split("\n")[1]) for note in kept.split("\n\n")[2::2] if note.count("\n") >= 2
        ]
        command = [sys.executable, "-m", "birge_stack", "audit", "verify", str(self.acts_folder)]
        audited = subprocess.run(
            [*command, "--key", str(self.signer.verifier), "--copy", str(exported)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert audited.returncode == 0, audited.stdout + audited.stderr
        assert f"sound, {len(self.leaves()):,} leaves" in audited.stdout
