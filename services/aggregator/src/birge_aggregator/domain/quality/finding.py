"""A finding: what was expected, what was found, and how much it matters."""

from dataclasses import dataclass
from typing import Any

ERROR, WARNING = "error", "warning"
OPEN = "open"


@dataclass(frozen=True)
class Finding:
    """Something that does not fit; `difference` is found − expected, null where one is unknown."""

    check: str
    importance: str
    region: str | None
    period: str
    what: str
    expected: int | float | None
    found: int | float | None
    difference: int | float | None
    detail: str

    def row(self) -> dict[str, Any]:
        """As the table shows it."""
        return {
            "check": self.check,
            "importance": self.importance,
            "region": self.region,
            "period": self.period,
            "what": self.what,
            "expected": self.expected,
            "found": self.found,
            "difference": self.difference,
            "state": OPEN,
            "detail": self.detail,
        }
