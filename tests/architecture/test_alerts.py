"""Alert rules and the dashboard speak of metrics that exist, and every alert is tried."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from tests.support.pages import catalogue, metric_names
from tests.support.repository import ROOT, files

FOLDER = ROOT / "deploy" / "prometheus"
RULES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "alerts.yml").read_text("utf-8"))["groups"][
    0
]["rules"]
DASHBOARD = json.loads((ROOT / "deploy/grafana/dashboards/birge.json").read_text("utf-8"))
SERIES = re.compile(r"\b(?:birge_\w+|up)\b")
OF_PROMETHEUS = {"up"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_an_alert_looks_at_metrics_that_exist_and_names_its_runbook(rule: dict[str, Any]) -> None:
    named = set(SERIES.findall(rule["expr"]))
    assert named
    assert named <= metric_names() | OF_PROMETHEUS
    assert (ROOT / rule["annotations"]["runbook"]).exists()
    assert rule["labels"]["severity"] in ("page", "warn")


def test_every_panel_shows_metrics_that_exist() -> None:
    for panel in DASHBOARD["panels"]:
        named = {name for each in panel["targets"] for name in SERIES.findall(each["expr"])}
        assert named, panel["title"]
        assert named <= metric_names(), panel["title"]


def test_every_alert_is_tried_both_ways() -> None:
    text = (FOLDER / "alerts_test.yml").read_text("utf-8")
    tests = yaml.safe_load(text)["tests"]
    tried = [case for test in tests for case in test["alert_rule_test"]]
    for rule in RULES:
        outcomes = {
            bool(case["exp_alerts"]) for case in tried if case["alertname"] == rule["alert"]
        }
        assert outcomes == {True, False}, rule["alert"]


def test_every_metric_is_written_somewhere() -> None:
    sources = "\n".join(
        path.read_text("utf-8")
        for folder in ("libs", "services")
        for path in files(".py", below=ROOT / folder)
    )
    from birge_common.telemetry import metrics

    names = [name for name, each in vars(metrics).items() if each in catalogue()]
    assert names
    assert [name for name in names if f"metrics.{name}" not in sources] == []


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")
@pytest.mark.parametrize(
    "arguments",
    [("check", "config", "prometheus.yml"), ("test", "rules", "alerts_test.yml")],
    ids=["config", "rules"],
)
def test_prometheus_own_tool_agrees(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        ["promtool", *arguments], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
