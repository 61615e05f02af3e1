"""Countries are named in the reader's language."""

import pytest

from birge_common.web.pages.formats import Formats
from birge_common.web.pages.languages import Language


@pytest.mark.parametrize(
    ("language", "name"), [("kk", "Қырғызстан"), ("ru", "Киргизия"), ("en", "Kyrgyzstan")]
)
def test_a_country_has_its_name_in_each_language(language: Language, name: str) -> None:
    assert Formats(language).country("KG") == name


def test_a_code_that_nobody_has_a_name_for_is_said_itself() -> None:
    assert Formats("kk").country("AQX") == "AQX"
