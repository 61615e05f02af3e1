"""Real workers on real Kafka and MongoDB: a fresh log and database each, and hands on all of it."""

import sys
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from confluent_kafka import KafkaError, Producer
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import PyMongoError

from birge_common.contracts.topics import GRANT_INDICATORS, SUBMISSIONS, TOPICS
from birge_stack.part import Part
from birge_stack.ports import LOOPBACK, free_port
from birge_stack.process import PartProcess, last_lines
from birge_stack.web import probe_http
from tests.support.event_stream import Sent
from tests.support.eventually import eventually
from tests.support.stack import EmbeddedStack
from tests.support.topics import TOPIC_NAMES, recreate_topics

COUNTED_TOPICS = (SUBMISSIONS, GRANT_INDICATORS)
SESSION_TIMEOUT_SECONDS = 6.0
SECRET = "0123456789abcdef0123456789abcdef"
PARTITIONS = sum(topic.partitions for topic in TOPICS if topic.name in COUNTED_TOPICS)


class CountingWorker:
    """One `birge-aggregator worker`: killed, paused, continued, started again."""

    def __init__(self, name: str, environment: dict[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        port = free_port()
        self.url = f"http://{LOOPBACK}:{port}"
        self._environment = {**environment, "BIRGE_HTTP__PORT": str(port)}
        self._process: PartProcess | None = None

    def spawn(self, *, fail: str = "", **settings: object) -> Self:
        """Start it, with a fail point `step:n:kind` and counting settings of its own."""
        ours = {f"BIRGE_COUNTING__{name.upper()}": str(value) for name, value in settings.items()}
        part = Part(
            name=self.name,
            argv=(sys.executable, "-m", "birge_aggregator", "worker"),
            url=self.url,
            probe=lambda: probe_http(f"{self.url}/health/ready"),
            environment={**self._environment, **ours, "BIRGE_FAIL": fail},
            stop_within_seconds=15,
        )
        self._process = PartProcess(part, self.log)
        self._process.spawn()
        return self

    @property
    def process(self) -> PartProcess:
        """The process that was spawned last."""
        assert self._process is not None, "spawn comes first"
        return self._process

    @property
    def is_paused(self) -> bool:
        """Whether the process is stopped by SIGSTOP."""
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text("ascii")
        except OSError:
            return False
        return stat.rpartition(")")[2].split()[0] == "T"

    def exit_status(self) -> int | None:
        """The status of the ended process, None while it runs."""
        return None if self.process.is_running else self.process.wait()

    def wait_ended(self, *, within_seconds: float) -> int:
        """The exit status, negative for a signal."""
        eventually(
            lambda: not self.process.is_running,
            within_seconds=within_seconds,
            what=f"the end of {self.name}",
        )
        return self.process.wait()

    def end(self) -> None:
        """Stop it cleanly; a paused one is continued first."""
        if self._process is not None and self._process.is_running:
            self._process.resume()
            self._process.stop()

    def said(self, what: str) -> int:
        """How often its log holds this text."""
        return self.log.read_text("utf-8", "replace").count(what) if self.log.exists() else 0


class CountingCluster:
    """One test's log, database and workers on a stack that outlives the test."""

    def __init__(self, stack: EmbeddedStack, folder: Path) -> None:
        self.stack = stack
        self._folder = folder
        self.group = f"aggregator-{uuid.uuid4().hex[:8]}"
        self.workers: list[CountingWorker] = []
        self.acknowledged = 0
        self._refused: list[str] = []

    def __enter__(self) -> Self:
        recreate_topics(self.stack.kafka_bootstrap, TOPIC_NAMES)
        self.client: MongoClient[dict[str, Any]] = MongoClient(
            self.stack.mongo_uri, serverSelectionTimeoutMS=3_000, readConcernLevel="majority"
        )
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.end()
        self.client.drop_database(self.group)
        self.client.close()

    @property
    def database(self) -> Database[dict[str, Any]]:
        """What the workers keep."""
        return self.client[self.group]

    def worker(self, *, fail: str = "", **settings: object) -> CountingWorker:
        """One more worker, started beside the others."""
        number = len(self.workers)
        worker = CountingWorker(f"worker-{number}", self._environment(), self._log(number))
        self.workers.append(worker)
        return worker.spawn(fail=fail, **settings)

    def _log(self, number: int) -> Path:
        return self._folder / f"worker-{number}.log"

    def _environment(self) -> dict[str, str]:
        return {
            "BIRGE_KAFKA__BOOTSTRAP_SERVERS": self.stack.kafka_bootstrap,
            "BIRGE_MONGO__URI": self.stack.mongo_uri,
            "BIRGE_MONGO__DATABASE": self.group,
            "BIRGE_SECURITY__KEY_PEPPER": SECRET,
            "BIRGE_SECURITY__RECEIPT_KEY": SECRET,
            "BIRGE_COUNTING__GROUP_ID": self.group,
            "BIRGE_COUNTING__SESSION_TIMEOUT_MS": str(int(SESSION_TIMEOUT_SECONDS * 1000)),
            "BIRGE_COUNTING__KEEP_RANGES": "true",
            "BIRGE_COUNTING__BATCH_RECORDS_MAX": "150",
        }

    def produce(
        self,
        records: Sequence[Sent],
        *,
        compression: str = "lz4",
        on_acknowledged: Callable[[int], None] = lambda count: None,
    ) -> None:
        """Write the records and wait for every acknowledgement; faults may hang on their number."""
        producer = Producer(
            {
                "bootstrap.servers": self.stack.kafka_bootstrap,
                "enable.idempotence": True,
                "acks": "all",
                "compression.type": compression,
                "linger.ms": 5,
                "message.timeout.ms": 120_000,
                "log_level": 0,
            }
        )

        def answered(error: KafkaError | None, _message: object) -> None:
            if error is not None:
                self._refused.append(str(error))
                return
            self.acknowledged += 1
            on_acknowledged(self.acknowledged)

        for record in records:
            producer.produce(
                record.topic,
                record.value,
                record.key,
                headers=[*record.headers],
                on_delivery=answered,
            )
            producer.poll(0)
        left = producer.flush(120)
        assert not left, f"{left} records were not acknowledged"
        assert not self._refused, self._refused[:3]

    def counted(self) -> int:
        """How many records the positions have passed; 0 while MongoDB is away."""
        try:
            rows = self.database["positions"].find({"group": self.group}, {"next": 1})
            return sum(row["next"] for row in rows)
        except PyMongoError:
            return 0

    def wait_counted(self, count: int, *, within_seconds: float) -> float:
        """Wait until that many records are counted; returns how long it took."""
        began_at = time.monotonic()
        eventually(
            lambda: self.counted() >= count,
            within_seconds=within_seconds,
            what=f"the counting of {count} records",
            unless=self._all_dead,
        )
        return time.monotonic() - began_at

    def wait_caught_up(self, *, within_seconds: float = 60) -> float:
        """Wait until everything acknowledged is counted; returns how long it took."""
        try:
            return self.wait_counted(self.acknowledged, within_seconds=within_seconds)
        except AssertionError as error:
            logs = "\n\n".join(
                f"{worker.name} (exit status {worker.exit_status()}):\n{last_lines(worker.log, 8)}"
                for worker in self.workers
            )
            raise AssertionError(
                f"{error}; {self.counted()} of {self.acknowledged} counted\n{logs}"
            ) from error

    def owners(self) -> int:
        """How many sessions hold a lease, once every partition has one."""
        leases = list(self.database["leases"].find())
        if len(leases) < PARTITIONS:
            return 0
        return len({bytes(lease["sessions"][0]["id"]) for lease in leases})

    def wait_owned_by(self, workers: int, *, within_seconds: float = 30) -> float:
        """Wait until the partitions are shared by that many workers; returns how long it took."""
        began_at = time.monotonic()
        eventually(
            lambda: self.owners() == workers,
            within_seconds=within_seconds,
            what=f"the sharing of the partitions by {workers}",
            unless=self._all_dead,
        )
        return time.monotonic() - began_at

    def _all_dead(self) -> str | None:
        if any(worker.process.is_running for worker in self.workers):
            return None
        return "no worker runs"
