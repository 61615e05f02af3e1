"""A released contract only grows: whatever breaks old events or old readers is found."""

import copy
import dataclasses
import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import create_model

from birge_common.contracts.activity import ActivityReportedV1, Evidence
from birge_common.contracts.compatibility import breaking_changes
from birge_common.contracts.constraints import ExactNumber
from birge_common.contracts.documents import RELEASED, SCHEMAS, broken_releases, main, public_types
from birge_common.contracts.primitives import LongText
from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.schemas import schema_of
from tests.support.examples import ROOT

Schema = dict[str, Any]

HoursOfADay = Annotated[Decimal, ExactNumber(maximum=24, decimal_places=2, above_minimum=True)]

ACTIVITY = "kz.birge.activity.reported.v1"
RELEASED_ACTIVITY: Schema = json.loads((ROOT / RELEASED / f"{ACTIVITY}.json").read_text())


def _data(schema: Schema) -> Schema:
    node: Schema = schema["$defs"]["ActivityReportedV1"]
    return node


def _field(name: str, owner: str = "ActivityReportedV1") -> Callable[[Schema], Schema]:
    return lambda schema: schema["$defs"][owner]["properties"][name]


def _set(find: Callable[[Schema], Schema], **keywords: Any) -> Callable[[Schema], None]:
    return lambda schema: find(schema).update(keywords)


def _drop(find: Callable[[Schema], Any], key: Any) -> Callable[[Schema], None]:
    def drop(schema: Schema) -> None:
        del find(schema)[key]

    return drop


def _append(find: Callable[[Schema], Any], value: Any) -> Callable[[Schema], None]:
    return lambda schema: find(schema).append(value)


def _remove(find: Callable[[Schema], Any], value: Any) -> Callable[[Schema], None]:
    return lambda schema: find(schema).remove(value)


BREAKING = {
    "a field is removed": _drop(lambda s: _data(s)["properties"], "district"),
    "a field of a part is removed": _drop(lambda s: s["$defs"]["Evidence"]["properties"], "kind"),
    "an optional field becomes required": _append(lambda s: _data(s)["required"], "format"),
    "a required field becomes optional": _remove(lambda s: _data(s)["required"], "layer"),
    "a type is narrowed": _set(_field("hours"), type="integer"),
    "a type is widened": _set(_field("hours"), type=["number", "string"]),
    "null is refused": _set(_field("events"), type="integer"),
    "null is allowed": _set(_field("hours"), type=["number", "null"]),
    "a part can be null no more": lambda s: _data(s)["properties"].update(
        participants={"$ref": "#/$defs/Participants"}
    ),
    "a value is removed": _remove(lambda s: _field("regularity")(s)["enum"], "one_off"),
    "a value is added": _append(lambda s: _field("regularity")(s)["enum"], "weekly"),
    "a code is removed": _remove(lambda s: _field("region")(s)["enum"], "KZ-10"),
    "a list of codes is data no more": _drop(_field("region"), "x-code-list"),
    "an upper bound is tightened": _set(_field("hours"), maximum=1_000_000),
    "an upper bound is loosened": _set(_field("hours"), maximum=1_000_000_000),
    "a lower bound is tightened": _set(_field("version"), minimum=2),
    "a bound is added": _set(_field("hours"), minimum=1),
    "a bound is taken away": _drop(_field("hours"), "exclusiveMinimum"),
    "a text gets shorter": _set(_field("note"), maxLength=100),
    "a list gets shorter": _set(_field("evidence"), anyOf=[{"type": "null"}]),
    "a pattern changes": _set(_field("period"), pattern="^[0-9]{4}$"),
    "a format changes": _set(_field("held_on"), format="date-time"),
    "data is opened": lambda s: _data(s).update(additionalProperties=True),
    "the envelope is closed": lambda s: s.update(additionalProperties=False),
    "a free name of the envelope is taken": lambda s: s["properties"].update(
        sequence={"type": "string"}
    ),
    "the type gets another name": lambda s: s["properties"]["type"].update(const="x.v1"),
    "a rule is added": lambda s: _data(s)["allOf"].append({"required": ["format"]}),
    "a rule changes": lambda s: _data(s)["allOf"][0]["then"].update(required=["format"]),
}

GROWING = {
    "nothing changes": lambda s: None,
    "an optional field is added": lambda s: _data(s)["properties"].update(
        weather={"type": ["string", "null"]}
    ),
    "an optional part is added": lambda s: (
        s["$defs"].update(Weather={"type": "object", "properties": {}}),
        _data(s)["properties"].update(weather={"$ref": "#/$defs/Weather"}),
    ),
    "a region is added": _append(lambda s: _field("region")(s)["enum"], "KZ-99"),
    "a direction is added": _append(lambda s: _field("direction")(s)["enum"], "sport"),
    "words change": _set(_field("hours"), description="Hours."),
    "the order of fields changes": lambda s: _data(s).update(
        properties=dict(reversed(_data(s)["properties"].items()))
    ),
    "a part moves to a definition of another name": lambda s: (
        s["$defs"].update(Body=s["$defs"].pop("Organisation")),
        _data(s)["properties"].update(organisation={"$ref": "#/$defs/Body"}),
    ),
}


def _changed(change: Callable[[Schema], object]) -> Schema:
    schema = copy.deepcopy(RELEASED_ACTIVITY)
    change(schema)
    return schema


@pytest.mark.parametrize("name", BREAKING)
def test_a_breaking_change_is_found(name: str) -> None:
    assert breaking_changes(RELEASED_ACTIVITY, _changed(BREAKING[name]))


@pytest.mark.parametrize("name", GROWING)
def test_growth_breaks_nothing(name: str) -> None:
    assert breaking_changes(RELEASED_ACTIVITY, _changed(GROWING[name])) == []


def test_a_change_is_told_with_its_place() -> None:
    told = breaking_changes(RELEASED_ACTIVITY, _changed(_set(_field("hours"), maximum=5)))
    assert [str(change) for change in told] == [
        "/properties/data/properties/hours: `maximum` was tightened from 100000000 to 5"
    ]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("a new required field", {"weather": (str, ...)}),
        ("a field that may be absent no more", {"events": (int, ...)}),
        ("a tighter bound", {"hours": (HoursOfADay, ...)}),
        ("one value less", {"regularity": (Literal["continuous"] | None, None)}),
        ("a longer list", {"evidence": (tuple[Evidence, ...] | None, None)}),
        ("another type", {"development": (str, ...)}),
    ],
)
def test_a_model_that_breaks_its_released_schema_is_found(
    name: str, fields: dict[str, Any]
) -> None:
    assert breaking_changes(RELEASED_ACTIVITY, _schema_with(fields)), name


def test_a_model_with_one_more_optional_field_breaks_nothing() -> None:
    more: dict[str, Any] = {"weather": (LongText | None, None)}
    assert breaking_changes(RELEASED_ACTIVITY, _schema_with(more)) == []


def _schema_with(fields: dict[str, Any]) -> Schema:
    name = ActivityReportedV1.__name__
    model = create_model(name, __base__=ActivityReportedV1, __doc__="Activity.", **fields)
    return schema_of(dataclasses.replace(EVENT_TYPES[ACTIVITY], data=model))


def test_every_public_type_is_released_and_its_model_breaks_nothing() -> None:
    released = {path.stem for path in (ROOT / RELEASED).glob("*.json")}
    assert released >= {entry.type for entry in public_types()}
    assert broken_releases(ROOT) == {}


@pytest.mark.parametrize("options", [[], ["--check"], ["--release"]], ids=str)
def test_no_command_hides_a_break_by_writing_anew(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # The released schema asks for less than the model does: the model has broken it since.
    folder = tmp_path / RELEASED
    folder.mkdir(parents=True)
    before = _changed(_remove(lambda s: _data(s)["required"], "layer"))
    (folder / f"{ACTIVITY}.json").write_text(json.dumps(before), encoding="utf-8")
    assert main(["--root", str(tmp_path), *options]) == 1
    assert "layer: became required" in capsys.readouterr().out
    assert json.loads((folder / f"{ACTIVITY}.json").read_text(encoding="utf-8")) == before
    assert not list((tmp_path / SCHEMAS).glob("*.json"))


def test_a_released_type_cannot_be_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / RELEASED
    folder.mkdir(parents=True)
    (folder / "kz.birge.weather.reported.v1.json").write_text("{}", encoding="utf-8")
    assert main(["--root", str(tmp_path)]) == 1
    assert "the type was removed" in capsys.readouterr().out


def test_a_release_of_what_grew_replaces_the_older_one(tmp_path: Path) -> None:
    assert main(["--root", str(tmp_path), "--release"]) == 0
    path = tmp_path / RELEASED / f"{ACTIVITY}.json"
    path.write_text(
        json.dumps(_changed(_drop(lambda s: _data(s)["properties"], "note"))), encoding="utf-8"
    )
    assert main(["--root", str(tmp_path), "--release"]) == 0
    assert json.loads(path.read_text(encoding="utf-8")) == schema_of(EVENT_TYPES[ACTIVITY])


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(ROOT), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no history outside a clone")
def test_no_state_of_a_released_schema_in_the_history_is_broken() -> None:
    for commit in _git("log", "--format=%h", "--", RELEASED).split():
        for name in _git("ls-tree", "--name-only", f"{commit}:{RELEASED}").split():
            released = json.loads(_git("show", f"{commit}:{RELEASED}/{name}"))
            entry = EVENT_TYPES[released["title"]]
            assert breaking_changes(released, schema_of(entry)) == [], (commit, name)
