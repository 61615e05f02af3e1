"""The compose file and the image, as far as they can be judged where no container runs."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from birge_common.security.sealing import new_sealing_pair
from birge_common.settings import ServiceSettings
from tests.support.repository import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, each in SERVICES.items() if "build" in each)
SECRETS = {"BIRGE_SECURITY__KEY_PEPPER": "x" * 32, "BIRGE_SECURITY__RECEIPT_KEY": "y" * 32}
SEALING = {"BIRGE_SEALING__PUBLIC_KEY": str(new_sealing_pair("2027")[0])}
OF_AWARDS = {
    "BIRGE_SEALING__PRIVATE_KEYS": new_sealing_pair("2027")[1],
    "BIRGE_AWARDS__LOG_KEY": "PRIVATE+KEY+birge",
    "BIRGE_AWARDS__VAULT_KEY": "z" * 32,
}
DOCKERFILE = ROOT / "deploy" / "Dockerfile"


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_is_pinned(name: str) -> None:
    tag = SERVICES[name]["image"].partition(":")[2]
    assert re.search(r"\d", tag)


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_runs_as_root(name: str) -> None:
    if name in OURS:
        assert "user" not in SERVICES[name], "the image says who it runs as"
    else:
        user, group = SERVICES[name]["user"].split(":")
        assert int(user) > 0
        assert int(group) > 0


def test_the_image_ends_as_a_user_without_rights_on_a_pinned_base() -> None:
    lines = DOCKERFILE.read_text("utf-8").splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM")]
    assert all(re.fullmatch(r"python:3\.11\.\d+-slim-\w+", base) for base in bases)
    assert [line for line in lines if line.startswith("USER")][-1] == "USER 10001:10001"
    assert any(line.startswith("HEALTHCHECK") for line in lines)


@pytest.mark.parametrize("name", OURS)
def test_our_containers_cannot_change_themselves_or_gain_rights(name: str) -> None:
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_port_is_published_on_this_machine_only(name: str) -> None:
    ports = SERVICES[name].get("ports", [])
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert not (ports and name in ("kafka", "mongo")), "they have no password"


@pytest.mark.parametrize("name", ["kafka", "mongo", "jaeger"])
def test_a_component_says_when_it_is_healthy(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", [name for name in OURS if name != "topics"])
def test_a_service_waits_for_topics_and_store(name: str) -> None:
    waits = {needed: how["condition"] for needed, how in SERVICES[name]["depends_on"].items()}
    assert waits == {"topics": "service_completed_successfully", "mongo": "service_healthy"}


@pytest.mark.parametrize("name", OURS)
def test_a_service_understands_its_environment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in SERVICES[name]["environment"].items():
        monkeypatch.setenv(
            variable, SECRETS.get(variable) or re.sub(r"\$\{\w+:-(.*)\}", r"\1", value)
        )
    settings = ServiceSettings()
    settings.security.require()
    assert settings.mongo.uri.endswith("?replicaSet=rs0")
    assert {"ingest", "aggregator", "localhost"} <= set(settings.http.allowed_hosts)


def test_every_service_has_an_image_lock_and_a_build() -> None:
    members = sorted(
        path.parent.name
        for path in (ROOT / "services").glob("*/pyproject.toml")
        if "[project.scripts]" in path.read_text("utf-8")
    )
    locks = sorted(path.stem for path in (ROOT / "deploy" / "locks").glob("*.lock"))
    assert locks == sorted([*members, "build"])
    assert {SERVICES[name]["build"]["args"]["SERVICE"] for name in OURS} == set(members)


def test_the_linter_has_nothing_to_say_of_the_image() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, DOCKERFILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_has_no_default(name: str, secret: str) -> None:
    assert SERVICES[name]["environment"][secret].startswith(f"${{{secret}:?")


@pytest.mark.parametrize(
    ("secret", "wanted"),
    [
        *((secret, ["ingest"]) for secret in SEALING),
        *((secret, ["awards", "awards-worker"]) for secret in OF_AWARDS),
    ],
)
def test_the_door_seals_and_only_the_awards_open(secret: str, wanted: list[str]) -> None:
    told = [name for name in OURS if secret in SERVICES[name]["environment"]]
    assert told == wanted
    for name in told:
        assert SERVICES[name]["environment"][secret].startswith(f"${{{secret}:?")


# Starting it takes seconds, too long for the fast tests.
@pytest.mark.integration
@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
def test_compose_takes_the_file_and_refuses_to_start_without_secrets(tmp_path: Path) -> None:
    command = ["docker-compose", "--env-file", tmp_path / ".env", "config", "-q"]
    (tmp_path / ".env").write_text(
        "\n".join(f"{k}={v}" for k, v in (SECRETS | SEALING | OF_AWARDS).items()), "utf-8"
    )
    bare = {name: value for name, value in os.environ.items() if not name.startswith("BIRGE_")}
    taken = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert (taken.returncode, taken.stderr) == (0, "")
    (tmp_path / ".env").write_text("", "utf-8")
    refused = subprocess.run(
        command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "deploy/env.example" in refused.stderr


def test_the_example_of_the_environment_names_what_compose_asks_for() -> None:
    asked = set(re.findall(r"\$\{(\w+):[?-]", (ROOT / "docker-compose.yml").read_text("utf-8")))
    example = (ROOT / "deploy" / "env.example").read_text("utf-8")
    assert asked == set(re.findall(r"^(\w+)=", example, flags=re.MULTILINE))


def test_what_grafana_and_prometheus_mount_is_there() -> None:
    for name in ("prometheus", "alertmanager", "grafana"):
        for volume in SERVICES[name]["volumes"]:
            source = volume.partition(":")[0]
            assert not source.startswith(".") or (ROOT / source).is_dir(), source
    dashboard = json.loads((ROOT / "deploy/grafana/dashboards/birge.json").read_text("utf-8"))
    assert dashboard["panels"]
