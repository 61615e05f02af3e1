"""The command line of `birge verify`."""

from typing import Annotated

import typer
from rich.table import Table

from birge_stack.console import answers, errors_as_sentences, remark
from birge_stack.detached import require_up
from birge_stack.home import Home
from birge_stack.ports import LOOPBACK
from birge_stack.replay.partner_book import OPERATIONS, PartnerBook, ensure_keys
from birge_stack.replay.run import progress_bar
from birge_stack.settings import Ports, read_ports
from birge_stack.verify.log import LogReader
from birge_stack.verify.questions import questions
from birge_stack.verify.run import REGIONS, Verification, Verified
from birge_stack.verify.statistics_api import StatisticsApi

DIFFERENCES_SHOWN = 50


def verify(
    *,
    period: Annotated[
        list[str] | None, typer.Option(help="A window to verify; all there are if left out.")
    ] = None,
) -> None:
    """Recount every figure from offset 0 and compare it with what the API answers."""
    with errors_as_sentences():
        home, ports = Home.from_environment(), read_ports()
        require_up(home)
        key = operations_key(home, ports)
        verified = verify_windows(ports, key, period)
        show_verified(verified)
        if verified.differences:
            raise typer.Exit(1)


def operations_key(home: Home, ports: Ports) -> str:
    """The key that this stack's own programs read statistics with."""
    return ensure_keys(PartnerBook(home), [OPERATIONS], home, ports)[OPERATIONS.name]


def verify_windows(ports: Ports, key: str, windows: list[str] | None) -> Verified:
    """Verify these windows, or every one that there are data for."""
    url, servers = f"http://{LOOPBACK}:{ports.aggregator}", f"{LOOPBACK}:{ports.kafka}"
    with StatisticsApi(url, key) as api, LogReader(servers) as log, progress_bar() as bar:
        verification = Verification(api, log)
        asked = list(questions(windows or verification.windows(), REGIONS))
        task = bar.add_task("verify", total=len(asked))
        return verification.run(asked, lambda: bar.advance(task))


def show_verified(verified: Verified) -> None:
    """What was compared and each difference with its address."""
    table = Table("table", "answers", "figures", "differences", title="recount against the API")
    for column in table.columns[1:]:
        column.justify = "right"
    for name in verified.answers:
        table.add_row(
            name,
            f"{verified.answers[name]:,}",
            f"{verified.figures[name]:,}",
            f"{verified.differing[name]:,}",
        )
    answers.print(table)
    for each in verified.differences[:DIFFERENCES_SHOWN]:
        answers.print(
            f"{each.address}: recounted {each.recounted!r}, answered {each.answered!r}",
            markup=False,
        )
    remark(
        f"{verified.records:,} records recounted ({verified.unreadable:,} unreadable), "
        f"{verified.figures.total():,} figures compared, {len(verified.differences):,} differences"
    )
