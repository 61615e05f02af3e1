"""The door as a real process on a real port, and its partner command."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import httpx

from birge_common.contracts.partner import PartnerChangedV1
from birge_common.mongo import connect
from birge_common.security.keys import issue_key
from birge_common.settings import MongoSettings
from birge_ingest.partner_keys import partner_key
from birge_ingest.stores.partners import MongoPartnerRegistry
from birge_stack.ports import free_port
from tests.support.door import PEPPER, RECEIPT_KEY, SEALING_KEY
from tests.support.stack import EmbeddedStack

_READY_SECONDS = 60.0


@dataclass
class IngestProcess:
    """`birge-ingest api` in a database of its own; a context that stops it at its end."""

    stack: EmbeddedStack
    database: str
    log: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The root of the service."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process id, while it runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def environment(self) -> dict[str, str]:
        """The settings as the process reads them."""
        return {
            **os.environ,
            "BIRGE_KAFKA__BOOTSTRAP_SERVERS": self.stack.kafka_bootstrap,
            "BIRGE_MONGO__URI": self.stack.mongo_uri,
            "BIRGE_MONGO__DATABASE": self.database,
            "BIRGE_HTTP__PORT": str(self.port),
            "BIRGE_SECURITY__KEY_PEPPER": PEPPER,
            "BIRGE_SECURITY__RECEIPT_KEY": RECEIPT_KEY,
            "BIRGE_SEALING__PUBLIC_KEY": str(SEALING_KEY),
            **self.settings,
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, *, until_ready: bool = True) -> None:
        """Start the process, and return once it is ready."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "birge_ingest", "api"],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        if until_ready:
            self.wait_for("/health/ready", 200, within=_READY_SECONDS)

    def stop(self) -> float:
        """Stop it as an operator does; returns how many seconds it took."""
        assert self._process is not None
        began_at = time.monotonic()
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        return time.monotonic() - began_at

    def wait_for(self, path: str, status: int, *, within: float) -> None:
        """Ask until the address answers with the status."""
        deadline_at = time.monotonic() + within
        answer = "no answer"
        while time.monotonic() < deadline_at:
            assert self._process is not None
            assert self._process.poll() is None, f"it ended: {self.log.read_text()[-3000:]}"
            try:
                found = httpx.get(self.url + path, timeout=5)
                if found.status_code == status:
                    return
                answer = f"{found.status_code} {found.text}"
            except httpx.TransportError as error:
                answer = type(error).__name__
            time.sleep(0.1)
        raise AssertionError(f"{path}: {answer}; log: {self.log.read_text()[-3000:]}")

    def partner(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `birge-ingest partner …`."""
        return subprocess.run(
            [sys.executable, "-m", "birge_ingest", "partner", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def new_key(
        self, name: str, *sources: str, regions: Collection[str] = (), kinds: Collection[str] = ()
    ) -> str:
        """A key that the running service knows of; made as the command makes it, but faster."""
        issued = issue_key("test", PEPPER)
        key = partner_key(
            issued,
            name,
            sources=sources,
            regions=regions,
            kinds=kinds,
            now=datetime.now(UTC),
        )
        asyncio.run(self._register(key))
        self.wait_for_key(issued.text, is_live=True)
        return issued.text

    async def _register(self, key: PartnerChangedV1) -> None:
        client = connect(MongoSettings(uri=self.stack.mongo_uri, database=self.database))
        try:
            await MongoPartnerRegistry(client, self.database).register(key)
        finally:
            client.close()

    def wait_for_key(self, key: str, *, is_live: bool, within: float = 10) -> float:
        """Wait until the service knows what became of a key; returns how long it took."""
        began_at = time.monotonic()
        while time.monotonic() < began_at + within:
            if (self.get("/v1/quarantine", key).status_code != 401) == is_live:
                return time.monotonic() - began_at
            time.sleep(0.05)
        raise AssertionError(f"the key is not {'live' if is_live else 'dead'} after {within} s")

    def get(self, path: str, key: str) -> httpx.Response:
        """Read an address with a key."""
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.get(self.url + path, headers=headers, timeout=15)

    def send(self, body: bytes, content_type: str, key: str) -> httpx.Response:
        """Send events as they are."""
        return httpx.post(
            f"{self.url}/v1/events",
            content=body,
            headers={"Authorization": f"Bearer {key}", "Content-Type": content_type},
            timeout=30,
        )
