"""Anybody can compute the hash of an edition from its JSON, with a few lines of their own."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from birge_aggregator.domain.publication.frozen import Answers, content_hash, frame_bytes
from birge_aggregator.editions import Edition, words_of
from birge_aggregator.outputs.edition_json import edition_json
from tests.support.edition_2022 import edition_2022, frozen_2022

ADDRESS = "http://birge"


@pytest.fixture(scope="module")
def answers() -> Answers:
    return frozen_2022().answers


@pytest.fixture(scope="module")
def edition(answers: Answers) -> Edition:
    bodies = {key: frame_bytes(frame) for key, frame in answers.items()}
    unhashed = edition_2022()
    return replace(unhashed, content_hash=content_hash(bodies, words_of(unhashed)))


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hash_of(document: dict[str, Any]) -> str:
    digest = hashlib.sha256(canonical(document["words"]))
    for one in document["answers"]:
        digest.update(b"\n" + one["name"].encode() + b"\n")
        digest.update(hashlib.sha256(canonical(one["answer"])).digest())
    return digest.hexdigest()


def test_its_hash_can_be_computed_by_anybody(edition: Edition, answers: Answers) -> None:
    document = json.loads(edition_json(edition, answers, address=ADDRESS))
    assert hash_of(document) == edition.content_hash == document["content_hash"]


def test_a_changed_figure_changes_the_hash(edition: Edition, answers: Answers) -> None:
    document = json.loads(edition_json(edition, answers, address=ADDRESS))
    document["answers"][0]["answer"]["period"] = "2021"
    assert hash_of(document) != edition.content_hash


def test_the_same_edition_has_the_same_bytes(edition: Edition, answers: Answers) -> None:
    turned = dict(reversed(list(answers.items())))
    first = edition_json(edition, answers, address=ADDRESS)
    assert first == edition_json(edition, turned, address=ADDRESS)
