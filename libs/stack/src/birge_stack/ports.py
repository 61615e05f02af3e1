"""Ports: which are free, and a clear word about one that is not."""

import socket
from collections.abc import Mapping

from birge_stack.errors import StackError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port nobody listens on now, chosen by the operating system."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_taken(port: int) -> bool:
    """Whether a program already listens on this port of the loopback interface."""
    with socket.socket() as probe:
        # As servers do: a port whose last connections are still closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return True
    return False


def refuse_taken_ports(ports: Mapping[str, int]) -> None:
    """Raise one error that names every taken port, its part and the setting that moves it."""
    parts_by_port: dict[int, list[str]] = {}
    for part, port in ports.items():
        parts_by_port.setdefault(port, []).append(part)
    complaints = [
        f"{setting_of(parts[1])}={port} is also the port of {parts[0]}"
        for port, parts in parts_by_port.items()
        if len(parts) > 1
    ]
    complaints += [
        f"port {port} of {part} is taken by another program; set {setting_of(part)} to a free one"
        for part, port in ports.items()
        if is_taken(port)
    ]
    if complaints:
        raise StackError("; ".join(complaints))


def setting_of(part: str) -> str:
    """The environment variable that sets the port of a part."""
    return "BIRGE_PORT_" + part.upper().replace("-", "_")
