"""A record of the partners' topic as the registration of one key."""

import json
from datetime import datetime

from birge_stack.oracle.censuses import Registration


def registration_from(value: bytes | None) -> tuple[str, Registration] | None:
    """Key id and registration; None for a record that registers nothing.

    Revoked keys stay: what their owners said while they were trusted still counts.
    """
    try:
        data = json.loads(value or b"null")["data"]
        regions = data.get("regions")
        return data["key_id"], Registration(
            sources=frozenset(data["sources"]),
            regions=None if regions is None else frozenset(regions),
            registered_at=datetime.fromisoformat(data["registered_at"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
