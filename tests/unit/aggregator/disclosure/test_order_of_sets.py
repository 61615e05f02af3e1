"""An edition is protected in the same way wherever and whenever that is done."""

import os
import subprocess
import sys
from pathlib import Path

_PROTECTING = """
from birge_aggregator.domain.disclosure.protection import protect
from birge_aggregator.domain.publication.frozen import content_hash, frame_bytes
from tests.support.small_editions import answers_of, reports

names = ("umit", "bilim", "media", "qamqor")
persons = {(region, name): 3 if (region, name) == ("KZ-10", "umit") else 20
           for region in ("KZ-71", "KZ-63", "KZ-10", "KZ-75") for name in names}
values = reports(*((*place, several) for place, several in persons.items()))
later = reports(("KZ-71", "media", 2), ("KZ-63", "media", 30), period="2022-08")
tables = ("hours", "directions", "formats")
before = protect(answers_of(values, "2022-H1", tables=tables))
after = protect(answers_of([*values[1:], *later], tables=tables), before)
public = {key: frame_bytes(frame) for key, frame in after.items()}
print(content_hash(public, {}), sum(b"suppressed" in body for body in public.values()))
"""


def protected_with(seed: str) -> tuple[str, int]:
    """The hash over an edition whose equal groups could be hidden in any order, and how many."""
    root = Path(__file__).parents[4]
    ran = subprocess.run(
        [sys.executable, "-c", _PROTECTING],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    found, hidden = ran.stdout.split()
    return found, int(hidden)


def test_what_is_hidden_does_not_depend_on_the_order_of_sets() -> None:
    first, hidden = protected_with("1")
    assert hidden > 0
    assert protected_with("2") == (first, hidden)
