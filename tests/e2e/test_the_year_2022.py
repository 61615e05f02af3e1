"""A newcomer's first hour: the demo shows the printed figures, and `verify` can be believed.

The demo starts everything in a home of its own, sends a small 2022 through the door, meets every
printed figure and leaves nothing running. The data stay: the stack comes up again, somebody
falsifies one figure behind the aggregator's back, and `verify` names it.
"""

import subprocess
from collections.abc import Iterator

import pytest
from pymongo import MongoClient

from birge_stack.state import read_state
from tests.support.newcomer import Newcomer

pytestmark = pytest.mark.e2e

SCALE = "0.02"
FALSIFIED = "2022-05"


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomer]:
    person = Newcomer(tmp_path_factory.mktemp("newcomer"))
    yield person
    person.birge("down")


@pytest.fixture(scope="module")
def shown(newcomer: Newcomer) -> "subprocess.CompletedProcess[str]":
    return newcomer.birge("demo", "--exit", "--scale", SCALE)


def test_the_demo_meets_every_printed_figure_and_leaves_nothing_running(
    newcomer: Newcomer, shown: "subprocess.CompletedProcess[str]"
) -> None:
    assert shown.returncode == 0, shown.stdout[-3000:] + shown.stderr[-3000:]
    assert "1,088,387" in shown.stdout
    assert "DOES NOT HOLD" not in shown.stdout
    assert "contradict their own parts" in shown.stderr
    assert "0 answers not as planned" in shown.stderr
    assert "the commission of 3 countries has decided" in shown.stderr
    assert "errors of 2022 kept it back until they were explained" in shown.stderr
    assert "2022-edition-1 is out" in shown.stdout, "the year is published"
    assert "sound, " in shown.stdout, "the log of the award's acts proves itself"
    assert not read_state(newcomer.home).is_alive


def test_verify_names_a_figure_that_was_falsified_in_the_store(
    newcomer: Newcomer, shown: "subprocess.CompletedProcess[str]"
) -> None:
    assert shown.returncode == 0
    assert newcomer.birge("up", "--detach").returncode == 0
    with MongoClient[dict[str, object]](newcomer.address_of("mongo")) as client:
        pages = client["aggregator"]["pages"]
        chosen = {"period": FALSIFIED, "region": "KZ-71", "layer": "front_office"}
        changed = pages.update_one(chosen, {"$inc": {"c.direction/other_social/hours": 1}})
        assert changed.modified_count == 1
    verified = newcomer.birge("verify", "--period", FALSIFIED)
    assert verified.returncode == 1
    assert f"hours?period={FALSIFIED}" in verified.stdout
    assert "rows[KZ-71,other_social,front_office].hours" in verified.stdout
    assert newcomer.birge("verify", "--period", "2022-06").returncode == 0


def test_another_year_is_not_mixed_into_this_one(
    newcomer: Newcomer, shown: "subprocess.CompletedProcess[str]"
) -> None:
    assert shown.returncode == 0
    assert newcomer.birge("up", "--detach").returncode == 0
    refused = newcomer.birge("replay", "--scale", "0.03")
    assert refused.returncode == 1
    assert "birge reset" in refused.stderr
