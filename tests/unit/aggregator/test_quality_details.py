"""Every sentence of a finding says the same things in Kazakh, Russian and English."""

from string import Formatter

import pytest

from birge_aggregator.domain.quality.details import _TEXTS, detail, explained


@pytest.mark.parametrize("code", _TEXTS)
def test_the_three_languages_name_the_same_things(code: str) -> None:
    named = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in _TEXTS[code]]
    assert named[0] == named[1] == named[2]
    assert len(set(_TEXTS[code])) == 3


def test_what_partners_say_is_never_taken_for_a_form() -> None:
    said = detail("report", name="{0} {secret}")
    assert said["en"] == "report {0} {secret}"
    assert explained(said, "{text}")["ru"] == "отчёт {0} {secret}; объяснение: {text}"
