"""Pages of the documentation that are made from the code: `python -m tests.support.pages`.

A page of metrics and one of settings, so that what exists is documented and nothing else is.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prometheus_client.metrics import MetricWrapperBase
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

from birge_common.contracts.pages import Row, table
from birge_common.settings import ServiceSettings
from birge_common.telemetry import metrics

ROOT = Path(__file__).resolve().parents[2]
_MADE = "Made from the code by `python -m tests.support.pages`; a test compares.\n"

_METRICS = f"""\
# Metrics

Every program serves these at `/metrics` of its port, in Prometheus' text format. {_MADE}
Histograms have the usual `_bucket`, `_sum` and `_count` series. Made from these are the
[alert rules](../deploy/prometheus/alerts.yml) and a
[dashboard](../deploy/grafana/dashboards/birge.json).

"""
_SETTINGS = f"""\
# Settings

All settings come from environment variables, are read once at the start and never change. {_MADE}
"""
_OF_THE_PROCESS: list[Row] = [
    ("`BIRGE_HOME`", "`.birge` of the checkout", "Data, logs, state and secrets of the stack"),
    ("`BIRGE_DOWNLOADS`", "`downloads` of the home", "Checked jars; homes may share them"),
    (
        "`BIRGE_FAIL`",
        "",
        "For fault tests only: `<step>:<n>:<kind>`, what happens at which point of the work",
    ),
]


def pages() -> dict[Path, str]:
    """Each page with the text it should have."""
    return {
        ROOT / "docs" / "metrics.md": _METRICS + metrics_table() + "\n",
        ROOT / "docs" / "settings.md": _SETTINGS + "\n\n".join(_settings_sections()) + "\n",
    }


def metrics_table() -> str:
    """Every metric of the catalogue by its series' name."""
    rows: list[Row] = []
    for collector in catalogue():
        (described,) = collector.describe()
        name = f"{described.name}_total" if described.type == "counter" else described.name
        labels = ", ".join(f"`{label}`" for label in collector._labelnames)
        rows.append((f"`{name}`", described.type, labels, described.documentation))
    return table(("metric", "kind", "labels", "meaning"), sorted(rows))


def catalogue() -> list[MetricWrapperBase]:
    """The metrics that `birge_common.telemetry.metrics` defines."""
    return [each for each in vars(metrics).values() if isinstance(each, MetricWrapperBase)]


def metric_names() -> set[str]:
    """The names of all series that the programs serve."""
    names = set()
    for collector in catalogue():
        (described,) = collector.describe()
        suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}
        names |= {described.name + suffix for suffix in suffixes.get(described.type, [""])}
    return names


def settings_classes() -> list[type[BaseSettings]]:
    """The settings classes of every member of the workspace, found, not listed."""
    found: dict[str, type[BaseSettings]] = {}
    for path in sorted(ROOT.glob("*/*/src/*/settings.py")):
        module = importlib.import_module(f"{path.parent.name}.settings")
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, BaseSettings):
                found[f"{each.__module__}.{each.__name__}"] = each
    return [each for each in found.values() if each is not BaseSettings]


def settings_of(model: type[BaseSettings]) -> dict[str, FieldInfo]:
    """Each setting of a class by its environment variable."""
    return dict(_leaves(model, str(model.model_config.get("env_prefix", ""))))


def _leaves(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _leaves(kind, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}", field


def _settings_sections() -> Iterator[str]:
    shared = settings_of(ServiceSettings)
    yield "## Every service\n\n" + _settings_table(shared)
    for model in settings_classes():
        own = {n: field for n, field in settings_of(model).items() if n not in shared}
        if own:
            title = model.__module__.partition(".")[0].replace("_", "-")
            yield f"## {title}: {model.__name__}\n\n" + _settings_table(own)
    yield "## The process\n\n" + table(("variable", "default", "meaning"), _OF_THE_PROCESS)


def _settings_table(fields: dict[str, FieldInfo]) -> str:
    rows: list[Row] = [
        (f"`{name}`", _default(field), field.description or "") for name, field in fields.items()
    ]
    return table(("variable", "default", "meaning"), rows)


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if isinstance(value, SecretStr) or value is PydanticUndefined:
        return "required"
    if isinstance(value, tuple):
        listed = ", ".join(f'"{item}"' for item in value)
        return f"`[{listed}]`"
    return "" if value in (None, "") else f"`{value}`"


def main() -> None:
    """Write every page."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
