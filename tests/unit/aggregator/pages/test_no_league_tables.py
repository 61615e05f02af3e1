"""No page puts regions in the order of any volume: their names order them."""

import pytest

from birge_aggregator.tables import TABLES
from birge_common.regions import REGIONS
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.languages import LANGUAGES, Language
from tests.support.page_tables import tables_of
from tests.unit.aggregator.pages.conftest import Reads

TITLES = ("Region", "Өңір", "Регион", "From which region", "Қай өңірден", "Из какого региона")
PAGES = (
    "/directions",
    "/directions/qamqor",
    "/directions/other_social",
    "/representedness",
    "/representedness?basis=events&map=17",
    "/economy",
    "/inquiries",
    *(f"/tables/{table}" for table in TABLES),
    "/tables/hours?window=2022-H2&map=17",
)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_regions_stand_by_name_in_every_table_of_every_page(
    read: Reads, language: Language
) -> None:
    names = {getattr(region.names, language) for region in REGIONS.values()}
    seen = 0
    for page in PAGES:
        for caption, rows in tables_of(await read(page, language)).items():
            for title, *column in zip(*rows, strict=True):
                regions = list(dict.fromkeys(cell for cell in column if cell in names))
                if len(regions) > 1 and title in TITLES:
                    assert regions == sorted(regions, key=in_order), (page, caption)
                    seen += 1
    assert seen >= 15
