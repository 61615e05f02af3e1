"""What exists is documented, and what the documentation points at exists."""

import re
from pathlib import Path

import pytest

from birge_common.contracts.topics import TOPICS, Topic
from birge_stack.cli import app
from tests.support.pages import pages, settings_classes, settings_of
from tests.support.repository import ROOT, files, name_of

# Topics of services that are specified and not there yet.
PLANNED = {"grants"}
LINK = re.compile(r"\]\(([^)\s]+)\)")
PAGE_NAMED_IN_CODE = re.compile(r"\bdocs/[\w./-]+\.(?:md|json)\b")
BIRGE_COMMAND = re.compile(r"\./birge ([a-z]+)")
VARIABLE = re.compile(r"\bBIRGE_[A-Z0-9_]*[A-Z0-9]\b")
PAGES = pages()


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_a_page_is_what_the_code_makes(path: Path) -> None:
    assert path.read_text("utf-8") == PAGES[path], "run python -m tests.support.pages"


def test_every_setting_says_what_it_is_for() -> None:
    silent = [
        name
        for model in settings_classes()
        for name, field in settings_of(model).items()
        if not field.description
    ]
    assert not silent


def test_every_variable_that_code_or_containers_name_is_a_documented_setting() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    sources = [
        *files(".py", below=ROOT / "libs"),
        *files(".py", below=ROOT / "services"),
        *files(below=ROOT / "deploy"),
        ROOT / "docker-compose.yml",
    ]
    unknown = {
        f"{name} in {name_of(path)}"
        for path in sources
        for name in VARIABLE.findall(path.read_text("utf-8"))
        if f"`{name}`" not in page and f"`{name}_" not in page
    }
    assert not unknown


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: str(topic.name))
def test_a_topic_has_an_owner_and_readers_that_exist_or_are_planned(topic: Topic) -> None:
    services = {path.name for path in (ROOT / "services").iterdir() if path.is_dir()}
    assert not services & PLANNED, "it is there: take it off the list"
    assert topic.producer in services | PLANNED
    assert topic.consumers
    assert set(topic.consumers) <= services | PLANNED


def test_every_service_tells_its_domain_in_prose() -> None:
    services = [path for path in (ROOT / "services").iterdir() if path.is_dir()]
    assert [path.name for path in services if not (path / "README.md").exists()] == []


def test_every_relative_link_leads_to_a_file_and_a_heading() -> None:
    broken = [
        f"{name_of(page)}: {target}"
        for page in files(".md")
        for target in LINK.findall(_without_code(page.read_text("utf-8")))
        if not target.startswith(("http://", "https://", "mailto:")) and not _leads(page, target)
    ]
    assert not broken


def test_every_page_named_in_code_exists() -> None:
    named = {
        (name_of(path), name)
        for path in files(".py", ".yml", ".sh", ".json")
        for name in PAGE_NAMED_IN_CODE.findall(path.read_text("utf-8"))
    }
    assert named
    assert [pair for pair in sorted(named) if not (ROOT / pair[1]).exists()] == []


def test_decisions_are_numbered_without_a_gap_and_say_what_each_must_say() -> None:
    decisions = files(".md", below=ROOT / "docs" / "decisions")
    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text("utf-8")
        for heading in ("Context", "Decision", "Consequences", "Alternatives", "Enforced by"):
            assert f"## {heading}" in text, f"{path.name}: {heading}"


def _without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def _leads(page: Path, target: str) -> bool:
    address, _, anchor = target.partition("#")
    file = (page.parent / address).resolve() if address else page
    if not anchor or file.suffix != ".md":
        return file.exists()
    return file.exists() and anchor in _anchors(file.read_text("utf-8"))


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def test_every_command_that_a_page_tells_is_one_and_the_readme_tells_all() -> None:
    known = _commands()
    told = {
        (name_of(page), command)
        for page in files(".md")
        for command in BIRGE_COMMAND.findall(page.read_text("utf-8"))
    }
    assert [pair for pair in sorted(told) if pair[1] not in known] == []
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in sorted(known) if not re.search(rf"[`· ]{name}\b", readme)] == []


def _commands() -> set[str]:
    found = {each.name or each.callback.__name__ for each in app.registered_commands}
    return found | {str(group.name) for group in app.registered_groups}
