"""The locks hold what the members declare, in one version each, and no download address.

This asks the packages that are installed what they need, so it works without a network; writing
the locks anew is deploy/update-locks.sh.
"""

import re
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.repository import ROOT

LOCKS = sorted((ROOT / "deploy" / "locks").glob("*.lock"))
WHOLE = ROOT / "requirements.lock"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(;[^\\]*)?", re.MULTILINE)


def pins(lock: Path) -> dict[str, str]:
    return {
        canonicalize_name(found[1]): found[2] for found in PIN.finditer(lock.read_text("utf-8"))
    }


def project(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))


MEMBERS = {
    project(folder)["project"]["name"]: folder
    for folder in sorted([*ROOT.glob("services/*"), *ROOT.glob("libs/*")])
    if (folder / "pyproject.toml").exists()
}


def declared(member: str) -> list[Requirement]:
    found = project(MEMBERS[member])["project"]["dependencies"]
    return [Requirement(each) for each in found]


def closure(wanted: list[Requirement]) -> dict[str, list[Requirement]]:
    """Every package that these need on this system, each with what was said about its version."""
    found: dict[str, list[Requirement]] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(each, "") for each in wanted]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        found.setdefault(name, []).append(requirement)
        for own in ("", *requirement.extras):
            if (name, own) not in seen:
                seen.add((name, own))
                waiting += [(each, own) for each in _needs(name)]
    return found


@cache
def _needs(name: str) -> list[Requirement]:
    if name in MEMBERS:
        return declared(name)
    try:
        return [Requirement(each) for each in distribution(name).requires or ()]
    except PackageNotFoundError:
        return []


def assert_holds(lock: Path, wanted: list[Requirement]) -> None:
    needed = {name: said for name, said in closure(wanted).items() if name not in MEMBERS}
    held = pins(lock)
    assert sorted(set(needed) - set(held)) == [], "run deploy/update-locks.sh"
    unsuited = [
        f"{each} but {held[name]}"
        for name, said in needed.items()
        for each in said
        if not each.specifier.contains(held[name], prereleases=True)
    ]
    assert unsuited == [], "run deploy/update-locks.sh"


@pytest.mark.parametrize(
    "service", [lock for lock in LOCKS if lock.stem != "build"], ids=lambda lock: lock.stem
)
def test_an_image_holds_what_its_service_needs_and_nothing_else(service: Path) -> None:
    wanted = declared(f"birge-{service.stem}")
    assert_holds(service, wanted)
    unconditional = {
        canonicalize_name(found[1])
        for found in PIN.finditer(service.read_text("utf-8"))
        if not found[3]
    }
    assert sorted(unconditional - set(closure(wanted))) == [], "run deploy/update-locks.sh"


def test_the_workspace_holds_what_all_members_and_the_tools_need() -> None:
    tools = [Requirement(each) for each in project(ROOT)["dependency-groups"]["dev"]]
    assert_holds(WHOLE, [*(each for name in MEMBERS for each in declared(name)), *tools])


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_package_has_the_same_version_everywhere(lock: Path) -> None:
    whole = pins(WHOLE)
    differing = {
        name: version for name, version in pins(lock).items() if whole.get(name, version) != version
    }
    assert not differing


@pytest.mark.parametrize("lock", [WHOLE, *LOCKS], ids=lambda lock: lock.stem)
def test_a_lock_has_a_hash_for_each_pin_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_image_is_built_by_the_declared_build_backend() -> None:
    (backend,) = {
        requirement
        for folder in MEMBERS.values()
        for requirement in project(folder)["build-system"]["requires"]
    }
    wanted = Requirement(backend)
    held = pins(ROOT / "deploy" / "locks" / "build.lock")
    assert wanted.specifier.contains(held[canonicalize_name(wanted.name)])
