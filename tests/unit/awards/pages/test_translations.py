"""Every text of the awards' pages is there in Kazakh and Russian."""

import pytest

from birge_awards.pages.assembly import HERE, PARTS
from birge_common.web.pages.translation_check import untranslated


def test_what_all_parts_share_is_translated() -> None:
    shared = sorted(path for path in HERE.glob("*.py") if path.name != "__init__.py")
    assert untranslated(shared, [HERE / "locale"]) == []


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_translated(part: str) -> None:
    assert untranslated([HERE / part], [HERE / part / "locale"]) == []
