"""These tests see the stack's defaults, whatever the shell that runs them has set."""

import os

import pytest


@pytest.fixture(autouse=True)
def no_settings_of_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BIRGE_")]:
        monkeypatch.delenv(name)
