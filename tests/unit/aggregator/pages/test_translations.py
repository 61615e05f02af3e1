"""Every text of the site is there in Kazakh and Russian."""

import pytest

from birge_aggregator.pages.assembly import HERE, PARTS
from birge_common.web.pages.translation_check import untranslated


@pytest.mark.parametrize("part", PARTS)
def test_every_text_is_translated(part: str) -> None:
    assert untranslated([HERE / part], [HERE / part / "locale"]) == []
