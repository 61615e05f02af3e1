"""Runs the demo's award on a running stack and prints its laureates and the log's proof."""

from rich.table import Table

from birge_common.regions import REGIONS
from birge_stack.administrator import first_administrator
from birge_stack.audit.command import is_sound
from birge_stack.console import answers, remark
from birge_stack.demo.award.story import Award, Laureate
from birge_stack.home import Home
from birge_stack.partner import make_partner, wait_until_accepted
from birge_stack.ports import LOOPBACK
from birge_stack.settings import Ports

CYCLE = "demo"
SOURCE = "urn:birge:demo-award"


def show_award(home: Home, ports: Ports) -> bool:
    """Run the award once in a home's life; whether it has laureates and its log proves itself."""
    token = first_administrator(home, ports)
    if token is None:
        remark("the award was held on an earlier run; its pages are at the awards' address")
        return True
    key = make_partner(["add", "Demo award", "--source", SOURCE, "--kind", "nomination"])
    wait_until_accepted(key, ports)
    award = Award(
        f"http://{LOOPBACK}:{ports.awards}",
        f"http://{LOOPBACK}:{ports.ingest}",
        key,
        SOURCE,
        remark,
    )
    laureates = award.run(token, CYCLE)
    _show(laureates)
    return bool(laureates) and is_sound(home)


def _show(laureates: list[Laureate]) -> None:
    table = Table(
        *("nomination", "place", "laureate", "region"),
        title="The demo's award: invented people, a real jury's rules",
        title_justify="left",
    )
    for one in laureates:
        region = REGIONS[one.region].names.en if one.region else "abroad"
        table.add_row(one.nomination, str(one.place), one.name, region)
    answers.print(table)
