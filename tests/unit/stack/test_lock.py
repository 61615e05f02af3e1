"""The committed lock has a package for whatever a member says it needs."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from birge_stack.home import checkout_folder

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
MEMBERS = sorted(checkout_folder().glob("*/*/pyproject.toml"))


def pins() -> dict[str, Version]:
    lock = (checkout_folder() / "requirements.lock").read_text("ascii")
    return {canonicalize_name(name): Version(version) for name, version in PIN.findall(lock)}


def requirements(file: Path) -> list[Requirement]:
    document = tomllib.loads(file.read_text("utf-8"))
    groups = document.get("dependency-groups", {}).values()
    lines = [*document["project"]["dependencies"], *(line for group in groups for line in group)]
    return [Requirement(line) for line in lines if not line.startswith("birge-")]


@pytest.mark.parametrize(
    "file", [checkout_folder() / "pyproject.toml", *MEMBERS], ids=lambda file: file.parent.name
)
def test_the_lock_meets_every_requirement(file: Path) -> None:
    locked, here = pins(), default_environment()
    unmet = [
        str(wanted)
        for wanted in requirements(file)
        if (wanted.marker is None or wanted.marker.evaluate({**here}))
        and not (
            (version := locked.get(canonicalize_name(wanted.name)))
            and wanted.specifier.contains(version, prereleases=True)
        )
    ]
    assert unmet == []


def test_the_lock_has_checksums_and_no_address() -> None:
    lock = (checkout_folder() / "requirements.lock").read_text("ascii")

    assert "://" not in lock
    assert lock.count("--hash=sha256:") >= len(PIN.findall(lock)) > 0
