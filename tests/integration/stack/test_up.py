"""`birge up` to `birge down` with everything real, through the command a person types."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from confluent_kafka.admin import AdminClient
from pymongo import MongoClient

from birge_common.contracts.topics import TOPICS
from tests.support.eventually import eventually
from tests.support.stack import command_environment

pytestmark = pytest.mark.integration

RESTART_SECONDS = 60


class CommandLine:
    """A person at a keyboard, in a home of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = command_environment(home)

    def birge(self, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            (sys.executable, "-m", "birge_stack", *arguments),
            env={**self.environment, **settings},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def up(self) -> None:
        started = self.birge("up", "--detach")
        assert started.returncode == 0, started.stderr

    def status(self) -> dict[str, Any]:
        shown = self.birge("status", "--json")
        assert shown.returncode == 0
        document: dict[str, Any] = json.loads(shown.stdout)
        return document

    def state(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.home / "run" / "state.json").read_bytes())
        return document

    def part(self, name: str) -> dict[str, Any]:
        (found,) = [part for part in self.state()["parts"] if part["name"] == name]
        return dict(found)

    def pids(self) -> list[int]:
        state = self.state()
        processes = [state["supervisor"], *(part["process"] for part in state["parts"])]
        return [process["pid"] for process in processes if process]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    line = CommandLine(tmp_path_factory.mktemp("home"))
    try:
        line.up()
        yield line
    finally:
        line.birge("down")


def test_everything_is_ready_when_up_returns(line: CommandLine) -> None:
    status = line.status()

    assert status["state"] == "ready"
    states = {n: p["state"] for n, p in {**status["parts"], **status["services"]}.items()}
    assert set(states.values()) == {"ready"}, states
    for service in status["services"].values():
        assert httpx.get(f"{service['url']}/health/ready", trust_env=False).status_code == 200


def test_the_topics_are_as_the_contracts_say(line: CommandLine) -> None:
    admin = AdminClient({"bootstrap.servers": line.status()["parts"]["kafka"]["url"]})
    found = {name: len(topic.partitions) for name, topic in admin.list_topics().topics.items()}

    assert {topic.name: found[topic.name] for topic in TOPICS} == {
        topic.name: topic.partitions for topic in TOPICS
    }


def test_up_again_says_that_it_is_up_already(line: CommandLine) -> None:
    again = line.birge("up", "--detach")
    in_front = line.birge("up")

    assert (again.returncode, in_front.returncode) == (0, 1)
    assert "already up" in again.stderr
    assert "already up" in in_front.stderr


@pytest.mark.parametrize("part", ["kafka", "mongo", "aggregator-worker"])
def test_a_killed_part_comes_back_by_itself(line: CommandLine, part: str) -> None:
    before = line.part(part)
    os.kill(before["process"]["pid"], signal.SIGKILL)

    eventually(
        lambda: (
            line.part(part)["restarts"] == before["restarts"] + 1
            and line.state()["state"] == "ready"
        ),
        within_seconds=RESTART_SECONDS,
        what=f"{part} is back",
    )
    assert line.part(part)["process"]["pid"] != before["process"]["pid"]


def test_a_new_partners_key_stands_alone_on_stdout_and_is_accepted(line: CommandLine) -> None:
    source = "urn:birge:office"
    made = line.birge(
        *("partner", "add", "Front office", "--source", source),
        *("--region", "KZ-10", "--kind", "activity"),
    )
    assert made.returncode == 0, made.stderr
    key = made.stdout.rstrip("\n")
    assert "\n" not in key

    address = line.status()["services"]["ingest"]["url"]
    bearer = {"Authorization": f"Bearer {key}"}
    answer = httpx.get(f"{address}/v1/quarantine", headers=bearer, trust_env=False)
    assert answer.status_code == 200
    assert source in line.birge("partner", "list").stdout


def test_a_refused_partner_gives_no_key_and_no_success(line: CommandLine) -> None:
    refused = line.birge("partner", "add", "Office", "--source", "urn:o", "--region", "Atlantis")

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "Atlantis" in refused.stderr


def test_logs_show_what_a_part_wrote(line: CommandLine) -> None:
    shown = line.birge("logs", "ingest").stdout.splitlines()
    written = (line.home / "logs" / "ingest.log").read_text("utf-8").splitlines()

    assert shown
    assert set(shown) <= set(written)


def test_down_leaves_no_process_and_up_goes_on_with_the_same_data(line: CommandLine) -> None:
    with MongoClient[dict[str, Any]](line.status()["parts"]["mongo"]["url"]) as client:
        client["test"]["kept"].insert_one({"_id": 1})
    pids = line.pids()

    assert line.birge("down").returncode == 0
    assert [pid for pid in pids if psutil.pid_exists(pid)] == []
    assert line.status()["state"] == "stopped"

    # Another port, the same data: the replica set has to learn its new address.
    line.environment |= {"BIRGE_PORT_MONGO": command_environment(line.home)["BIRGE_PORT_MONGO"]}
    line.up()
    with MongoClient[dict[str, Any]](line.status()["parts"]["mongo"]["url"]) as client:
        assert client["test"]["kept"].count_documents({}) == 1


def test_up_recovers_from_a_killed_supervisor_that_took_its_parts_along(line: CommandLine) -> None:
    state = line.state()
    pids = line.pids()
    os.kill(state["supervisor"]["pid"], signal.SIGKILL)
    eventually(
        lambda: not any(psutil.pid_exists(pid) for pid in pids),
        within_seconds=10,
        what="every part died with its supervisor",
    )
    assert line.status()["state"] == "stopped"

    line.up()
    assert line.status()["state"] == "ready"


def test_a_taken_port_stops_everything_before_it_starts(tmp_path: Path, line: CommandLine) -> None:
    other = CommandLine(tmp_path)
    kafka_url: str = line.status()["parts"]["kafka"]["url"]
    port = kafka_url.rpartition(":")[2]

    refused = other.birge("up", "--detach", BIRGE_PORT_ZIPKIN=port)

    assert refused.returncode == 1
    assert f"port {port} of zipkin is taken" in refused.stderr
    assert "BIRGE_PORT_ZIPKIN" in refused.stderr
    assert not (tmp_path / "data").exists()


def test_a_start_that_fails_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    data = tmp_path / "data" / "mongo"
    data.mkdir(parents=True)
    (data / "storage.bson").write_bytes(b"this is no database")

    failed = line.birge("up", "--detach")

    assert failed.returncode == 1
    assert "mongo ended before it was ready" in failed.stderr
    assert f"{tmp_path / 'logs' / 'mongo.log'}" in failed.stderr
    assert line.status()["state"] == "stopped"
    assert line.pids() == [line.state()["supervisor"]["pid"]]
    assert not psutil.pid_exists(line.pids()[0])
