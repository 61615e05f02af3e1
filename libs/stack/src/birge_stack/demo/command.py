"""The command line of `birge demo`, and its steps in their order."""

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from birge_stack.administrator import first_administrator
from birge_stack.console import errors_as_sentences, remark
from birge_stack.demo.addresses import show_addresses
from birge_stack.demo.award.command import show_award
from birge_stack.demo.counting import wait_until_counted
from birge_stack.demo.edition.command import show_edition
from birge_stack.demo.findings import show_findings
from birge_stack.demo.headlines import read_lines, show_lines
from birge_stack.demo.people import Visitor, joined
from birge_stack.detached import start_detached, stop_supervisor
from birge_stack.home import Home
from birge_stack.ports import LOOPBACK
from birge_stack.replay.command import Scale, Seed, show_outcome
from birge_stack.replay.run import replay_year
from birge_stack.settings import Ports, read_ports
from birge_stack.verify.command import operations_key, show_verified, verify_windows
from birge_stack.verify.log import LogReader
from birge_stack.verify.statistics_api import StatisticsApi
from birge_stack.year2022.checks import Kind
from birge_stack.year2022.expected import YEAR, expected_checks
from birge_stack.year2022.stream import DEFAULT_SEED, year_2022

SAMPLE_RATIO = 0.01
INTERRUPTED = 130
# SIGINT too: a shell starts programs in the background with it ignored.
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def demo(
    *,
    leave: Annotated[
        bool, typer.Option("--exit", help="Stop everything after printing; status 0 if all held.")
    ] = False,
    seed: Seed = DEFAULT_SEED,
    scale: Scale = 1.0,
) -> None:
    """Start everything, count and publish the year 2022 beside the print; hold a small award."""
    home = Home.from_environment()
    is_shown = False
    with errors_as_sentences(), _stopped_afterwards(home):
        try:
            start_detached(home, sample_ratio=SAMPLE_RATIO, announce=remark)
            all_held = run_demo(home, read_ports(), seed=seed, scale=scale)
            if leave:
                raise typer.Exit(0 if all_held else 1)
            is_shown = True
            remark("Ctrl-C stops everything; the data stay")
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            remark("stopping")
            raise typer.Exit(0 if is_shown else INTERRUPTED) from None


@contextmanager
def _stopped_afterwards(home: Home) -> Iterator[None]:
    """The stack down afterwards, however the inside ends."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        # A second Ctrl-C must not leave half of the stack behind.
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stop_supervisor(home)


def run_demo(home: Home, ports: Ports, *, seed: int, scale: float) -> bool:
    """Replay, show, verify, hold the award, publish; whether all of it was as it must be."""
    replayed = replay_year(home, ports, year_2022(seed=seed, scale=scale))
    show_outcome(replayed.outcome)
    key = operations_key(home, ports)
    figures_hold = _show_figures(ports, key)
    verified = verify_windows(ports, key, [YEAR])
    show_verified(verified)
    administrator = _administrator(home, ports)
    award_holds = show_award(home, ports, administrator)
    edition_holds = show_edition(ports, key, administrator)
    show_addresses(home, ports, replayed.traces)
    as_sent = not replayed.outcome.surprises
    return figures_hold and as_sent and not verified.differences and award_holds and edition_holds


def _administrator(home: Home, ports: Ports) -> Visitor | None:
    """The first administrator, signed in; None where this home has one already."""
    token = first_administrator(home, ports)
    return joined(f"http://{LOOPBACK}:{ports.awards}", token) if token else None


def _show_figures(ports: Ports, key: str) -> bool:
    url, servers = f"http://{LOOPBACK}:{ports.aggregator}", f"{LOOPBACK}:{ports.kafka}"
    with StatisticsApi(url, key) as api, LogReader(servers) as log:
        wait_until_counted(api, log)
        lines = read_lines(api, expected_checks())
        show_lines(lines)
        show_findings(api)
    failed = [line for line in lines if not line.holds]
    kinds = Counter(line.check.kind for line in lines)
    remark(
        f"{kinds[Kind.PRINTED]} printed figures met, {kinds[Kind.CONTRADICTION]} shown that "
        "contradict their own parts"
        if not failed
        else f"{len(failed)} of {len(lines)} figures do not hold"
    )
    return not failed
