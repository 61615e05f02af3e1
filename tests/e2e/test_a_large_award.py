"""An award of the country's size over real services: 20 regions, 400 nominees, 120 jurors."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from birge_common.regions import regions_on
from birge_stack.demo.award.rules import INTERNATIONAL, Size
from birge_stack.demo.award.story import Award
from birge_stack.demo.people import joined
from tests.support.newcomer import Newcomer

# Minutes, most of them spent on hashing the passwords of 126 people.
pytestmark = [pytest.mark.e2e, pytest.mark.slow]

NOMINEES, JURORS, REVIEWS = 20, 6, 5
SOURCE = "urn:birge:large-award"


@pytest.fixture
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomer]:
    person = Newcomer(tmp_path_factory.mktemp("large"))
    assert person.birge("up", "--detach").returncode == 0
    yield person
    person.birge("down")


def test_every_region_confirms_and_the_commission_decides(newcomer: Newcomer) -> None:
    regions = regions_on(datetime.now(UTC).date())
    nominees = [
        (region, f"Үміткер {number} ({region})", f"Did what {number} others did not.")
        for region in regions
        for number in range(NOMINEES)
    ]
    key = _last_line(
        newcomer.birge("partner", "add", "Large", "--source", SOURCE, "--kind", "nomination")
    )
    link = _last_line(newcomer.birge("administrator"))
    award = Award(
        newcomer.address_of("awards"),
        newcomer.address_of("ingest"),
        key,
        SOURCE,
        print,
        Size(nominees, INTERNATIONAL, JURORS, REVIEWS, commission=2),
    )
    administrator = joined(newcomer.address_of("awards"), link.rpartition("/")[2])
    laureates = award.run(administrator, "2026")
    assert [one.place for one in laureates if one.nomination == "ecology"] == [1, 2, 3]
    assert [one.place for one in laureates if one.nomination == "friend"] == [1]
    verified = newcomer.birge("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def _last_line(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]
