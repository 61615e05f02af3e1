"""Partners' keys: what a new one covers, and the fact that every API learns it from."""

import uuid
from collections.abc import Collection
from datetime import datetime

from pydantic import ValidationError

from birge_common.contracts.base import CloudEvent
from birge_common.contracts.partner import PartnerChangedV1
from birge_common.contracts.registry import FAMILIES
from birge_common.regions import COUNTRY, REGIONS
from birge_common.security.keys import IssuedKey

SOURCE = "urn:birge:ingest"


class ScopeError(Exception):
    """The key cannot cover this; the text says what it can cover."""


def partner_key(
    issued: IssuedKey,
    name: str,
    *,
    sources: Collection[str],
    regions: Collection[str],
    kinds: Collection[str],
    now: datetime,
) -> PartnerChangedV1:
    """A new active key; no regions or kinds given means all. ScopeError where one is unknown."""
    _check_known("region", regions, [COUNTRY, *REGIONS])
    _check_known("kind", kinds, FAMILIES)
    if not sources:
        raise ScopeError("Give at least one source: the URI that the partner's events come from.")
    try:
        return PartnerChangedV1(
            key_id=issued.key_id,
            name=name,
            digest=issued.digest,
            sources=tuple(dict.fromkeys(sources)),
            regions=tuple(dict.fromkeys(regions)) or None,
            kinds=tuple(dict.fromkeys(kinds)) or None,
            state="active",
            registered_at=now,
        )
    except ValidationError as error:
        fields = sorted({str(item["loc"][0]) for item in error.errors()})
        detail = "names are printable and short, sources are URIs of at most 256 characters"
        raise ScopeError(f"Not usable as {' and '.join(fields)}: {detail}.") from None


def _check_known(what: str, given: Collection[str], known: Collection[str]) -> None:
    unknown = [code for code in given if code not in known]
    if unknown:
        raise ScopeError(f"Unknown {what} {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")


def announcement_of(key: PartnerChangedV1) -> bytes:
    """The event `kz.birge.partner.changed.v1`; the same state of a key gives the same id."""
    event = CloudEvent[PartnerChangedV1](
        specversion="1.0",
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{SOURCE}/{key.key_id}/{key.state}")),
        source=SOURCE,
        type="kz.birge.partner.changed.v1",
        subject=key.key_id,
        time=key.registered_at,
        data=key,
    )
    return event.model_dump_json(exclude_none=True).encode()
