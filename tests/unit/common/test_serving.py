"""A program that is told to stop ends well: what is begun is answered, and the traces are sent."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

PROGRAM = """
import asyncio, sys
from types import SimpleNamespace
from fastapi import FastAPI
from birge_common.settings import HttpSettings
from birge_common.web.serving import serve

app = FastAPI()

@app.get("/slow")
async def slow():
    await asyncio.sleep(0.5)
    return "answered"

telemetry = SimpleNamespace(shutdown=lambda: print("traces are sent", flush=True))
serve(app, HttpSettings(port=int(sys.argv[1])), telemetry)
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def program(port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", PROGRAM, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def connected(port: int) -> socket.socket:
    give_up_at = time.monotonic() + 20
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5)
        except ConnectionRefusedError:
            assert time.monotonic() < give_up_at
            time.sleep(0.05)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_what_is_begun_is_answered_and_the_traces_are_sent(
    program: subprocess.Popen[str], port: int, told: signal.Signals
) -> None:
    with connected(port) as asking:
        asking.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.2)
        program.send_signal(told)
        assert b"answered" in asking.recv(4096)
    said, _ = program.communicate(timeout=10)
    assert (said, program.returncode) == ("traces are sent\n", 0)


def test_a_head_that_never_ends_is_refused(program: subprocess.Popen[str], port: int) -> None:
    with connected(port) as asking:
        asking.sendall(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000)
        assert b" 431 " in asking.recv(4096)
    program.terminate()
