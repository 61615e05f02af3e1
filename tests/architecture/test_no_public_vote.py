"""The award is decided by juries: no route, field or setting takes a vote of the public."""

import re
from typing import Any

from birge_awards.openapi import documented_app
from birge_awards.settings import AwardsSettings
from tests.support.access_matrix import routes_of

VOTE = re.compile(r"(?<![a-z])(vot(e|es|ing)|ballots?|polls?|likes?|thumbs?)(?![a-z])")
OF_THE_JURY = {
    "/v1/awards/cycles/{cycle}/panels/{panel}/vote_on_tie",
    "/v1/awards/cycles/{cycle}/panels/{panel}/close_vote",
    "/v1/awards/cycles/{cycle}/panels/{panel}/cast_vote",
    "/awards/cycles/{cycle}/panels/{panel}/close_vote",
}
"""Members of a jury part a tie by an open vote, as its policy says, or by the chair's."""
SCHEMAS_OF_THE_JURY = {"VoteOnTie", "CloseVote", "CastVote"}


def words_of(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().replace("_", " ").replace("/", " ")


def is_about_a_vote(name: str) -> bool:
    return bool(VOTE.search(words_of(name)))


def test_the_search_finds_what_it_is_for() -> None:
    for name in ("/v1/vote", "publicVotes", "like", "poll_url", "CastVote", "/ballots/{id}"):
        assert is_about_a_vote(name), name
    for name in ("devotion", "likely_doubles", "polling_interval"):
        assert not is_about_a_vote(name), name


def test_only_members_of_a_jury_vote_and_only_on_ties() -> None:
    app = documented_app()
    voting = {path for _, path in routes_of(app) if is_about_a_vote(path)}
    assert voting - OF_THE_JURY == set()
    assert voting, "the jury's own routes are found by the same search"


def test_no_field_takes_a_vote() -> None:
    schemas: dict[str, Any] = documented_app().openapi()["components"]["schemas"]
    fields = {
        f"{name}.{field}"
        for name, schema in schemas.items()
        if name not in SCHEMAS_OF_THE_JURY
        for field in schema.get("properties", {})
    }
    assert len(fields) > 100
    assert {one for one in fields if is_about_a_vote(one)} == set()


def test_no_setting_opens_a_vote() -> None:
    def names_in(model: Any, prefix: str = "") -> list[str]:
        names = []
        for name, field in model.model_fields.items():
            names.append(prefix + name)
            if hasattr(field.annotation, "model_fields"):
                names += names_in(field.annotation, f"{prefix}{name}.")
        return names

    names = names_in(AwardsSettings)
    assert "awards.vault_key" in names
    assert [one for one in names if is_about_a_vote(one)] == []
