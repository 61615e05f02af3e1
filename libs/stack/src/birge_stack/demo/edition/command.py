"""Publishes the year on a running stack, and reads it back as everybody does."""

from typing import Any

import httpx

from birge_stack.console import answers, remark
from birge_stack.demo.edition.story import TIMEOUT_SECONDS, Editing, edition_of
from birge_stack.demo.people import Visitor
from birge_stack.partner import make_partner, wait_until_accepted
from birge_stack.ports import LOOPBACK
from birge_stack.settings import Ports
from birge_stack.verify.statistics_api import StatisticsApi
from birge_stack.year2022.expected import YEAR

SOURCE = "urn:birge:republican-office"


def show_edition(ports: Ports, key: str, administrator: Visitor | None) -> bool:
    """Publish the year once in a home's life; whether the public reads the figures counted.

    Without the administrator, who lets editors in, nothing is published.
    """
    site_url = f"http://{LOOPBACK}:{ports.aggregator}"
    with StatisticsApi(site_url, key) as api:
        edition = edition_of(site_url, YEAR)
        if edition is None and administrator is None:
            remark("nothing is published here: this home has an administrator of its own")
            return True
        if edition is None:
            assert administrator is not None, "whoever is missing was told above"
            edition = _editing(ports, site_url).run(administrator, api, YEAR)
        totals = api.table("hours", {"period": YEAR})["totals"]
    public = _public_hours(site_url)
    answers.print(f"\n{edition['id']} is out: {edition['page']}", markup=False)
    answers.print(f"its content has the hash {edition['content_hash']}", markup=False)
    is_same: bool = public["totals"] == totals
    if not is_same:
        remark("the public's hours are not those that were counted")
    return is_same


def _editing(ports: Ports, site_url: str) -> Editing:
    key = make_partner(["add", "Republican office", "--source", SOURCE, "--kind", "explanation"])
    wait_until_accepted(key, ports)
    return Editing(
        sign_in_url=f"http://{LOOPBACK}:{ports.awards}",
        site_url=site_url,
        ingest_url=f"http://{LOOPBACK}:{ports.ingest}",
        key=key,
        source=SOURCE,
        remark=remark,
    )


def _public_hours(site_url: str) -> Any:
    """Without a key: what everybody reads."""
    address = f"{site_url}/v1/statistics/hours?period={YEAR}"
    answer = httpx.get(address, timeout=TIMEOUT_SECONDS, trust_env=False)
    return answer.raise_for_status().json()
