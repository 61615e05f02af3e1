"""The map of tiles has every region of its day once, and tells no two apart by size."""

from datetime import date

import pytest

from birge_aggregator.pages.assembly import pages_of_aggregator
from birge_aggregator.pages.site.tile_map import lines_of, places, size
from birge_common.regions import REGIONS, regions_on
from birge_common.web.pages.languages import LANGUAGES, Language
from birge_common.web.pages.words import Words


@pytest.mark.parametrize(("map_17", "day"), [(True, date(2022, 6, 7)), (False, date(2022, 6, 8))])
def test_every_region_of_the_map_has_a_place_of_its_own(map_17: bool, day: date) -> None:
    found = places(map_17=map_17)
    assert set(found) == set(regions_on(day))
    assert len(set(found.values())) == len(found)
    width, height = size(map_17=map_17)
    assert all(100 * x < width and 100 * y < height for x, y in found.values())


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_no_two_tiles_are_called_the_same_and_each_name_fits(language: Language) -> None:
    pages = pages_of_aggregator()
    words = Words(language, pages.text_in(language), pages.formats_in(language))
    named = [lines_of(words, code) for code in REGIONS]
    assert len(set(named)) == len(REGIONS)
    assert max(len(line) for lines in named for line in lines) <= 14
    assert max(len(lines) for lines in named) <= 2


def test_a_region_that_shares_its_name_with_a_city_keeps_the_word() -> None:
    pages = pages_of_aggregator()
    words = Words("en", pages.text_in("en"), pages.formats_in("en"))
    assert lines_of(words, "KZ-19") == ("Almaty", "Region")
    assert lines_of(words, "KZ-75") == ("Almaty",)
    assert lines_of(words, "KZ-59") == ("North", "Kazakhstan")
