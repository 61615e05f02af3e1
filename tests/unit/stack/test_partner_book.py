import json
import stat
from pathlib import Path

import pytest

from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.replay.partner_book import OPERATIONS, PartnerBook, line_of
from birge_stack.year2022.partners import partners


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path)


def test_keys_are_kept_where_only_their_owner_reads_them(home: Home) -> None:
    book = PartnerBook(home)
    book.write({"office": "vk_1"})
    book.write({"office": "vk_1", "network": "vk_2"})
    [file] = home.root.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert book.read() == {"office": "vk_1", "network": "vk_2"}


def test_a_new_home_has_no_keys(home: Home) -> None:
    assert PartnerBook(home).read() == {}


def test_a_damaged_file_is_a_sentence(home: Home) -> None:
    (home.root / "partners.json").write_text("[1")
    with pytest.raises(StackError, match="damaged"):
        PartnerBook(home).read()


def test_the_door_is_told_name_sources_regions_and_kinds_of_each_partner() -> None:
    told = [json.loads(line_of(plan)) for plan in (*partners(), OPERATIONS)]
    [astana] = [plan for plan in told if plan["name"] == "office-kz-71"]
    assert astana == {
        "name": "office-kz-71",
        "sources": ["urn:birge:office:KZ-71"],
        "regions": ["KZ-71"],
        "kinds": ["activity", "census", "milestone", "explanation"],
    }
    assert sum(plan["name"].startswith("office-") for plan in told) == 17
    sources = [source for plan in told for source in plan["sources"]]
    assert len(sources) == len(set(sources))
