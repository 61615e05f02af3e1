"""A port that cannot be had is told apart by number, part and setting before anything starts."""

import socket
from collections.abc import Iterator

import pytest

from birge_stack.errors import StackError
from birge_stack.ports import LOOPBACK, free_port, is_taken, refuse_taken_ports, setting_of
from birge_stack.settings import Ports, read_ports


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_named_with_its_part_and_its_setting(taken_port: int) -> None:
    with pytest.raises(StackError) as refusal:
        refuse_taken_ports({"kafka": free_port(), "aggregator-worker": taken_port})

    message = str(refusal.value)
    assert f"port {taken_port} of aggregator-worker is taken" in message
    assert "BIRGE_PORT_AGGREGATOR_WORKER" in message
    assert "BIRGE_PORT_KAFKA" not in message


def test_every_taken_port_is_named_at_once(taken_port: int) -> None:
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        with pytest.raises(StackError, match=r"BIRGE_PORT_MONGO .*BIRGE_PORT_ZIPKIN"):
            refuse_taken_ports({"mongo": taken_port, "zipkin": other.getsockname()[1]})


def test_one_port_for_two_parts_is_refused() -> None:
    port = free_port()
    with pytest.raises(StackError, match=f"BIRGE_PORT_OTLP={port} is also the port of zipkin"):
        refuse_taken_ports({"zipkin": port, "otlp": port})


def test_free_ports_are_let_pass() -> None:
    port = free_port()
    assert not is_taken(port)
    refuse_taken_ports({"kafka": port})


def test_each_port_is_set_by_the_setting_its_error_names(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {part: number for number, part in enumerate(Ports().by_part(), start=20_000)}
    for part, number in wanted.items():
        monkeypatch.setenv(setting_of(part), str(number))

    assert read_ports().by_part() == wanted


@pytest.mark.parametrize("value", ["0", "65536", "http", ""])
def test_a_value_that_is_no_port_is_an_error_that_names_the_setting(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIRGE_PORT_INGEST", value)
    with pytest.raises(StackError, match="BIRGE_PORT_INGEST"):
        read_ports()


def test_default_ports_are_all_different() -> None:
    ports = Ports().by_part().values()
    assert len(set(ports)) == len(ports)
