"""What a key covers, and whether a region exists in the period it is named for."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from birge_common.regions import COUNTRY, REGIONS, is_valid_in
from birge_common.security.keys import Partner
from birge_ingest.domain.refusal import Refusal

_valid_in = lru_cache(maxsize=8192)(is_valid_in)


def sender_refusal(source: str, family: str, partner: Partner) -> Refusal | None:
    """Why this key may not send this kind of event from this source, if so."""
    if source not in partner.sources:
        detail = "The source must equal one that your key was made for, letter by letter."
        return Refusal("source_not_yours", "/source", detail)
    if not partner.may_send_kind(family):
        covered = ", ".join(sorted(partner.kinds or ()))
        detail = f"Your key covers these kinds: {covered}; ask for one that covers this."
        return Refusal("kind_not_yours", "/type", detail)
    return None


def region_refusals(data: Mapping[str, Any], partner: Partner) -> list[Refusal]:
    """Regions that did not exist in their period, or that the key does not cover.

    `data` is what was checked against its contract, as JSON. Regions that a statement only
    points at need not be the key's own: what others counted there is theirs.
    """
    named = [("/data/region", data.get("region"))]
    for index, row in enumerate(data.get("rows", ())):
        named.append((f"/data/rows/{index}/region", row.get("region")))
    refusals: list[Refusal] = []
    for pointer, region in named:
        if region is None:
            continue
        if not _existed(region, data):
            refusals.append(_not_valid(region, pointer))
        elif not partner.may_send_for(region):
            covered = ", ".join(sorted(partner.regions or ()))
            detail = f"Your key covers these regions: {covered}; ask for one that covers this."
            refusals.append(Refusal("region_not_yours", pointer, detail))
    for pointer, region, period in _pointed_at(data):
        if region is not None and period is not None and not _valid_in(region, period):
            refusals.append(_not_valid(region, pointer))
    return refusals


def _pointed_at(data: Mapping[str, Any]) -> Iterator[tuple[str, str | None, str | None]]:
    """Other figures' regions: where they stand, and the period that each is named for."""
    for index, part in enumerate(data.get("already_counted") or ()):
        place = f"/data/already_counted/{index}/region"
        yield place, part.get("region"), part.get("period")
    for index, row in enumerate(data.get("rows", ())):
        place = f"/data/rows/{index}/of/region"
        yield place, (row.get("of") or {}).get("region"), data.get("period")


def _not_valid(region: str, pointer: str) -> Refusal:
    since = REGIONS[region].valid_from
    detail = f"This region exists since {since}; name the one it was part of before."
    return Refusal("region_not_valid", pointer, detail)


def _existed(region: str, data: Mapping[str, Any]) -> bool:
    period = data.get("period") or data.get("year")
    if period is not None:
        return _valid_in(region, str(period))
    day: str | None = data.get("received_on")
    return day is None or region == COUNTRY or f"{REGIONS[region].valid_from}" <= day
