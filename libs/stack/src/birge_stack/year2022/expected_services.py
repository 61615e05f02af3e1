"""Headline checks of what the offices do for volunteers, of inquiries and of the economy."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from birge_stack.year2022.checks import Check, Kind, cell
from birge_stack.year2022.expected_activity import COUNTRY, FRONT_OFFICE
from birge_stack.year2022.places import region_names


def services_checks(published: Mapping[str, Any]) -> Iterator[Check]:
    """Every check on development, support, inquiries and what the hours are worth."""
    yield from _development(published["development_events"])
    yield from _support(published["support_frequency"])
    yield from _inquiries(published["inquiries"])
    yield from _economy()


def _development(printed: Mapping[str, Any]) -> Iterator[Check]:
    check = partial(Check, family="Development of volunteers", table="development")
    for column in ("events", "volunteers", "hours"):
        yield check(
            label=column.capitalize(),
            read=cell(column, region=COUNTRY, layer=FRONT_OFFICE),
            printed=printed[column],
        )
    for group, column in (
        ("most_events", "events"),
        ("fewest_events", "events"),
        ("most_hours", "hours"),
        ("fewest_hours", "hours"),
    ):
        for region, value in printed[group].items():
            yield check(
                label=f"{column.capitalize()}, {region_names()[region]}",
                read=cell(column, region=region, layer=FRONT_OFFICE),
                printed=value,
            )


def _support(printed: Mapping[str, str]) -> Iterator[Check]:
    for region, frequency in printed.items():
        yield Check(
            family="How often support is mentioned",
            label=region_names()[region],
            table="support",
            read=cell("class", region=region, support=None),
            printed=frequency,
        )


def _inquiries(printed: Mapping[str, Any]) -> Iterator[Check]:
    for related, label, count in (
        ("true", "About volunteering (about)", printed["related_about"]),
        ("false", "Off the topic (at least)", printed["unrelated_at_least"]),
    ):
        yield Check(
            family="Inquiries to the information centre",
            label=label,
            table="inquiries",
            read=cell("received", by="related", value=related),
            printed=count,
        )


def _economy() -> Iterator[Check]:
    """The printed 742 posts stand on the contradicted sum of hours; ours on our own net hours."""
    for column, label in (("fte", "Full-time posts, net hours"), ("tenge", "Tenge, made-up wages")):
        yield Check(
            family="Economic contribution, made-up wages",
            label=label,
            table="economy",
            read=cell(column, region=COUNTRY, method="regional_wage"),
            kind=Kind.MODELLED,
        )
