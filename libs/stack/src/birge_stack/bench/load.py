"""A load generator, the same for both sides: kept-alive connections in a closed loop."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlsplit

from birge_stack.errors import StackError


@dataclass(frozen=True, slots=True)
class Load:
    """Requests to send over and over, on how many connections, and for how long."""

    url: str
    bodies: Sequence[bytes]
    headers: Mapping[str, str]
    connections: int
    seconds: float
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Served:
    """What came back: the time of each answer, in milliseconds."""

    seconds: float
    milliseconds: Sequence[float]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.milliseconds) / self.seconds


def put_under(load: Load, *, status: int) -> Served:
    """Send until time is up; any other status than the one wanted makes the figure worthless."""
    return asyncio.run(_put_under(load, status))


async def _put_under(load: Load, status: int) -> Served:
    bodies = cycle(load.bodies)
    began_at = time.perf_counter()
    times = await asyncio.gather(
        *(_send(load, bodies, began_at + load.seconds, status) for _ in range(load.connections))
    )
    return Served(time.perf_counter() - began_at, [one for several in times for one in several])


async def _send(load: Load, bodies: Iterator[bytes], until: float, status: int) -> list[float]:
    address = urlsplit(load.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    times = []
    try:
        while time.perf_counter() < until:
            sent_at = time.perf_counter()
            writer.write(request_of(load, next(bodies)))
            found, body = await answer_from(reader)
            times.append((time.perf_counter() - sent_at) * 1e3)
            if found != status:
                raise StackError(f"{load.url} answered {found}: {body[:300]!r}")
    finally:
        writer.close()
    return times


def request_of(load: Load, body: bytes) -> bytes:
    """A request as it goes over the wire."""
    address = urlsplit(load.url)
    path = address.path + (f"?{address.query}" if address.query else "")
    lines = [f"{load.method} {path} HTTP/1.1", f"Host: {address.netloc}"]
    lines += [f"{name}: {value}" for name, value in load.headers.items()]
    if load.method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + (body if load.method == "POST" else b"")


async def answer_from(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of the next answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = 0
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name == "content-length":
            length = int(value)
        elif name == "transfer-encoding":
            return int(head[9:12]), await _chunks(reader)
    return int(head[9:12]), await reader.readexactly(length)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return body
