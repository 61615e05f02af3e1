"""Puts the pages of the aggregator together; the only module that knows all of them."""

from functools import cache
from pathlib import Path

from fastapi import FastAPI

from birge_aggregator.desk import Desk
from birge_aggregator.editions import Editions
from birge_aggregator.pages.desk.action_pages import action_pages
from birge_aggregator.pages.desk.publication_pages import publication_pages
from birge_aggregator.pages.desk.recommendation_pages import recommendation_pages
from birge_aggregator.pages.desk.room import Room
from birge_aggregator.pages.desk.text_pages import text_pages
from birge_aggregator.pages.shell import Shell
from birge_aggregator.pages.site.country_page import country_page
from birge_aggregator.pages.site.directions_pages import directions_pages
from birge_aggregator.pages.site.economy_page import economy_page
from birge_aggregator.pages.site.feeds import feeds_router
from birge_aggregator.pages.site.findings_page import findings_page
from birge_aggregator.pages.site.inquiries_page import inquiries_page
from birge_aggregator.pages.site.methods_page import methods_page
from birge_aggregator.pages.site.open_data_page import open_data_page
from birge_aggregator.pages.site.publications_page import publications_page
from birge_aggregator.pages.site.region_page import region_page
from birge_aggregator.pages.site.regions_page import regions_page
from birge_aggregator.pages.site.representedness_page import representedness_page
from birge_aggregator.pages.site.tables_pages import tables_pages
from birge_common.access.pages import CATALOGUES, TEMPLATES
from birge_common.web.pages.assets import assets_router
from birge_common.web.pages.rendering import Pages

HERE = Path(__file__).parent
PARTS = ("site", "desk")
"""Folders that hold modules, templates and catalogues of their own."""
_ASSETS = (HERE / "site" / "assets",)


@cache
def pages_of_aggregator() -> Pages:
    """Templates and texts, read once."""
    parts = [HERE / part for part in PARTS]
    return Pages(
        [TEMPLATES, *(one / "templates" for one in parts)],
        [CATALOGUES, *(one / "locale" for one in parts)],
        assets=_ASSETS,
    )


def install_desk(app: FastAPI, pages: Pages, desk: Desk) -> None:
    """Add the pages of those who publish."""
    room = Room(pages, desk)
    for part in (publication_pages, text_pages, recommendation_pages, action_pages):
        app.include_router(part(room))


def install_pages(
    app: FastAPI, pages: Pages, editions: Editions, drafts: Editions, address: str
) -> None:
    """Add every public page to the application; `address` is where the site is."""
    shell = Shell(pages, editions, drafts)
    app.include_router(assets_router(_ASSETS))
    for part in (
        country_page,
        regions_page,
        region_page,
        directions_pages,
        representedness_page,
        economy_page,
        inquiries_page,
        findings_page,
        publications_page,
        tables_pages,
        methods_page,
    ):
        app.include_router(part(shell))
    for part_with_address in (open_data_page, feeds_router):
        app.include_router(part_with_address(shell, address))
