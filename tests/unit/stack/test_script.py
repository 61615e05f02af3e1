"""The `birge` script installs when something changed, and otherwise only hands over."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from birge_stack.home import checkout_folder

# Notes how it was called, makes what `uv venv` would make, and fails where it was told to.
FAKE_UV = """#!/bin/sh
if [ "$1" = --version ]; then echo "uv $FAKE_UV_VERSION (x)"; exit; fi
echo "$*" >> "$FAKE_UV_CALLS"
case "$*" in *"$FAKE_UV_FAILS_AT"*) [ -z "$FAKE_UV_FAILS_AT" ] || exit 2 ;; esac
if [ "$1" = venv ]; then
    for last; do :; done
    mkdir -p "$last/bin"
    printf '#!/bin/sh\\n' > "$last/bin/python"
    printf '#!/bin/sh\\nprintf "<%%s>" "$PWD" "$@"\\n' > "$last/bin/birge"
    chmod +x "$last/bin/python" "$last/bin/birge"
fi
"""


@dataclass
class Checkout:
    """A copy of the script in a workspace as small as one can be, with tools of our own."""

    root: Path

    @property
    def calls(self) -> list[str]:
        notes = self.root / "calls"
        return notes.read_text().splitlines() if notes.exists() else []

    def run(
        self,
        *arguments: str,
        folder: Path | None = None,
        fails_at: str = "",
        uv_version: str = "0.13.9",
    ) -> "subprocess.CompletedProcess[str]":
        environment = {
            "PATH": f"{self.root / 'tools'}:{os.environ['PATH']}",
            "FAKE_UV_CALLS": str(self.root / "calls"),
            "FAKE_UV_FAILS_AT": fails_at,
            "FAKE_UV_VERSION": uv_version,
        }
        return subprocess.run(
            (self.root / "birge", *arguments),
            cwd=folder or self.root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root = tmp_path / "a checkout"
    for member in ("libs/common", "services/ingest"):
        (root / member).mkdir(parents=True)
        (root / member / "pyproject.toml").write_text("[project]\n")
    (root / "requirements.lock").write_text("httpx==1\n")
    shutil.copy(checkout_folder() / "birge", root)
    (root / "tools").mkdir()
    (root / "tools" / "uv").write_text(FAKE_UV)
    (root / "tools" / "python3").write_text("#!/bin/sh\n")
    for tool in (root / "tools").iterdir():
        tool.chmod(0o755)
    return Checkout(root)


def test_the_first_run_installs_the_lock_and_every_member(checkout: Checkout) -> None:
    shown = checkout.run("status")

    assert shown.returncode == 0, shown.stderr
    venv, sync, install = checkout.calls
    assert venv.startswith("venv ")
    assert sync.startswith("pip sync ")
    assert sync.endswith("--require-hashes requirements.lock")
    assert install.endswith("--no-deps -e libs/common -e services/ingest")


def test_a_run_that_is_up_to_date_asks_nobody_and_says_nothing(checkout: Checkout) -> None:
    checkout.run("status")
    calls = checkout.calls
    again = checkout.run("status", fails_at="pip")

    assert (again.returncode, again.stderr) == (0, "")
    assert checkout.calls == calls


def test_arguments_and_folder_reach_the_command_as_they_are(
    checkout: Checkout, tmp_path: Path
) -> None:
    shown = checkout.run("partner", "add", "Front  office *", folder=tmp_path)
    assert shown.stdout == f"<{tmp_path}><partner><add><Front  office *>"


def test_a_link_to_the_script_finds_its_checkout(checkout: Checkout, tmp_path: Path) -> None:
    checkout.run("status")
    link = tmp_path / "birge"
    link.symlink_to(checkout.root / "birge")
    assert subprocess.run((link,), cwd=tmp_path, check=False).returncode == 0


@pytest.mark.parametrize("changed", ["requirements.lock", "services/ingest/pyproject.toml"])
def test_a_changed_lock_or_member_is_installed_into_the_same_environment(
    checkout: Checkout, changed: str
) -> None:
    checkout.run("status")
    with (checkout.root / changed).open("a") as file:
        file.write("# changed\n")
    checkout.run("status")

    assert [call.split()[:2] for call in checkout.calls[3:]] == [
        ["pip", "sync"],
        ["pip", "install"],
    ]


@pytest.mark.parametrize("fails_at", ["venv", "pip sync", "pip install"])
def test_an_installation_that_failed_is_tried_again(checkout: Checkout, fails_at: str) -> None:
    failed = checkout.run("status", fails_at=fails_at)
    assert failed.returncode != 0
    assert failed.stdout == ""

    assert checkout.run("status").returncode == 0
    assert checkout.calls[-1].startswith("pip install")


@pytest.mark.parametrize("version", ["0.13.0", "0.14.2", "1.0.0"])
def test_a_uv_that_is_new_enough_is_taken(checkout: Checkout, version: str) -> None:
    assert checkout.run("status", uv_version=version).returncode == 0


def test_the_uv_that_it_installs_is_the_one_with_checksums() -> None:
    script = (checkout_folder() / "birge").read_text("utf-8")
    lock = (checkout_folder() / "libs" / "stack" / "uv-tool.lock").read_text("ascii")
    version = re.search(r"^UV_VERSION=(.+)$", script, re.MULTILINE)

    assert version
    assert lock.startswith(f"uv=={version[1]} ")
    assert "://" not in lock
