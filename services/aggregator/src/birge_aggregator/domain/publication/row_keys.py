"""The columns that name a row of each table, and how a frame names a row whose figures it hides."""

from collections.abc import Mapping
from typing import Any

KEYS: Mapping[str, tuple[str, ...]] = {
    "hours": ("region", "direction", "layer"),
    "volunteers": ("region",),
    "organisations": ("region",),
    "directions": ("direction", "layer"),
    "formats": ("region", "format"),
    "participants": ("region", "category"),
    "representedness": ("region", "direction"),
    "development": ("region", "layer"),
    "support": ("region", "support"),
    "grants": ("project", "direction"),
    "economy": ("region", "method"),
    "inquiries": ("by", "value"),
    "programme": ("region", "milestone"),
    "coverage": ("region",),
    "quality": ("finding",),
    "submissions": ("region", "period"),
    "steady_work": ("region",),
    "distinct_volunteers": ("region",),
    "capture_recapture": ("region", "unit", "first_layer", "second_layer"),
}


def hidden_name(table: str, row: Mapping[str, Any]) -> str:
    """What `missing` calls a row whose figures are hidden: its codes but for the region."""
    return "/".join(row[key] or "" for key in KEYS[table] if key != "region")
