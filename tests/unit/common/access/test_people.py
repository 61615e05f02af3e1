"""What a role for some regions allows, and what it does not."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from birge_common.access.people import Grant, Person, Role, roles_from

SOUTH = frozenset({"KZ-61"})
REGION_SETS = st.none() | st.frozensets(st.sampled_from(["KZ-10", "KZ-59", "KZ-61"]))
GRANTS = st.builds(Grant, st.sampled_from(Role), REGION_SETS)
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def person(*grants: Grant, stepped_up_at: datetime | None = None) -> Person:
    return Person("p-1", "Aigerim", roles_from(grants), NOW, stepped_up_at)


def test_a_role_for_some_regions_holds_there_and_not_for_the_country() -> None:
    manager = person(Grant(Role.REGIONAL_MANAGER, frozenset({"KZ-10", "KZ-11"})))
    assert manager.may(Role.REGIONAL_MANAGER, "KZ-10")
    assert not manager.may(Role.REGIONAL_MANAGER, "KZ-19")
    assert not manager.may(Role.REGIONAL_MANAGER)
    assert not manager.may(Role.AWARD_MANAGER, "KZ-10")


def test_a_role_for_the_country_holds_in_every_region() -> None:
    auditor = person(Grant(Role.AUDITOR))
    assert auditor.may(Role.AUDITOR)
    assert auditor.may(Role.AUDITOR, "KZ-19")
    assert auditor.regions_of(Role.AUDITOR) is None


def test_regions_of_several_grants_add_up_and_the_country_swallows_them() -> None:
    north, south = Grant(Role.JUROR, frozenset({"KZ-59"})), Grant(Role.JUROR, frozenset({"KZ-61"}))
    assert person(north, south).regions_of(Role.JUROR) == {"KZ-59", "KZ-61"}
    assert person(north, Grant(Role.JUROR)).regions_of(Role.JUROR) is None
    assert person(north).regions_of(Role.EDITOR) == frozenset()


def test_a_grant_of_no_region_allows_nothing() -> None:
    nobody = person(Grant(Role.JUROR, frozenset()))
    assert not nobody.may(Role.JUROR, "KZ-59")
    assert not nobody.may(Role.JUROR)
    assert not nobody.has(Role.JUROR)


def test_each_role_has_regions_of_its_own() -> None:
    both = person(Grant(Role.JUROR, frozenset({"KZ-59"})), Grant(Role.REGIONAL_MANAGER, SOUTH))
    assert (both.may(Role.JUROR, "KZ-59"), both.may(Role.JUROR, "KZ-61")) == (True, False)
    assert both.regions_of(Role.REGIONAL_MANAGER) == SOUTH


@given(st.lists(GRANTS, max_size=6), st.sampled_from(Role), st.sampled_from(["KZ-10", None]))
def test_roles_allow_what_one_of_the_grants_does_and_nothing_else(
    grants: list[Grant], role: Role, region: str | None
) -> None:
    one_does = any(
        one.role == role and (one.regions is None or region in one.regions) for one in grants
    )
    assert person(*grants).may(role, region) is one_does


def test_a_step_up_ages() -> None:
    within = timedelta(minutes=10)
    assert person(stepped_up_at=NOW).is_stepped_up(NOW + within, within)
    assert not person(stepped_up_at=NOW).is_stepped_up(NOW + within * 1.01, within)
    assert not person().is_stepped_up(NOW, within)
