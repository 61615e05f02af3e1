"""Runs the demo's award on a running stack and prints its laureates and the log's proof."""

from rich.table import Table

from birge_common.regions import REGIONS
from birge_stack.audit.command import is_sound
from birge_stack.console import answers, remark
from birge_stack.demo.award.story import Award, Laureate, published_laureates
from birge_stack.demo.people import Visitor
from birge_stack.home import Home
from birge_stack.partner import make_partner, wait_until_accepted
from birge_stack.ports import LOOPBACK
from birge_stack.settings import Ports

CYCLE = "demo"
SOURCE = "urn:birge:demo-award"


def show_award(home: Home, ports: Ports, administrator: Visitor | None) -> bool:
    """Hold the award once in a home's life; whether it has laureates and its log proves itself.

    Without the administrator, who lets the others in, it is not held.
    """
    awards_url = f"http://{LOOPBACK}:{ports.awards}"
    laureates = published_laureates(awards_url, CYCLE)
    if not laureates:
        if administrator is None:
            remark("no award is held here: this home has an administrator of its own")
            return True
        laureates = _held(ports, awards_url, administrator)
    _show(laureates)
    return is_sound(home)


def _held(ports: Ports, awards_url: str, administrator: Visitor) -> list[Laureate]:
    key = make_partner(["add", "Demo award", "--source", SOURCE, "--kind", "nomination"])
    wait_until_accepted(key, ports)
    door = f"http://{LOOPBACK}:{ports.ingest}"
    return Award(awards_url, door, key, SOURCE, remark).run(administrator, CYCLE)


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
