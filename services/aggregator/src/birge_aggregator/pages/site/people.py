"""Who volunteers: gender, age and occupation by the half-yearly census, as charts."""

from collections.abc import Mapping
from typing import Any

from birge_aggregator.pages.site.charts import Bar, BarList, ShareBar, share_bar
from birge_aggregator.pages.site.findings_page import EXPLANATIONS
from birge_aggregator.pages.site.names import AGES, GENDERS, OCCUPATIONS
from birge_aggregator.pages.site.said import percent
from birge_aggregator.pages.site.telling import Telling


def who(census: Telling) -> Mapping[str, Any]:
    """The country's volunteers: three charts."""
    _ = census.words
    return {
        "gender": _shares(census, _("Volunteers by gender"), GENDERS, "", "{}_pct"),
        "ages": _shares(census, _("Volunteers by age"), AGES, "age.", "age_pct.{}"),
        "occupations": _bars(census),
    }


def who_beside(census: Telling, country: Telling) -> Mapping[str, Any]:
    """A region's volunteers beside the country's shares, one chart."""
    _ = census.words
    columns = [
        *((name, f"{code}_pct") for code, name in GENDERS.items()),
        *((name, f"age_pct.{code}") for code, name in AGES.items()),
        *((name, f"occupation_pct.{code}") for code, name in OCCUPATIONS.items()),
    ]
    bars = [
        Bar(
            _(name),
            census.value(column),
            (census.percent(column), country.percent(column)),
            tick=country.value(column),
        )
        for name, column in columns
    ]
    return {
        "groups": BarList(
            _("Shares among the region's volunteers"),
            (_("Group"), _("Region"), _("Kazakhstan")),
            tuple(bars),
            _("The line in a bar is the country's share."),
        )
    }


def change_in_words(census: Telling) -> str:
    """How the number of volunteers moved against the year before, and why as far as is known."""
    _, change = census.words, census.value("change_pct")
    if change is None:
        return _("There is no figure of the year before to compare with.")
    moved = {
        "share": percent(_, abs(change), ""),
        "before": census.number("previous"),
        "total": census.number("total"),
    }
    if change < 0:
        said = _("%(share)s fewer than the year before (%(before)s, now %(total)s).", **moved)
    else:
        said = _("%(share)s more than the year before (%(before)s, now %(total)s).", **moved)
    return f"{said} {_reason(census)}".strip()


def _reason(census: Telling) -> str:
    _, state = census.words, census.value("change_state")
    if state is None:
        return _("A change within 10 %% asks for no reason.")
    reason, text = census.value("change_reason"), census.value("change_text")
    if text:
        return _("The reason given: “%(quoted)s”", quoted=text)
    if reason:
        return _("The reason given: %(reason)s.", reason=_(EXPLANATIONS[reason]))
    return _("Nobody has explained it.")


def _shares(
    census: Telling, caption: str, groups: Mapping[str, str], before: str, share: str
) -> ShareBar:
    _ = census.words
    parts = []
    for code, name in groups.items():
        column = share.format(code)
        figures = (census.percent(column), census.number(f"{before}{code}"))
        parts.append((_(name), census.value(column), figures))
    return share_bar(caption, (_("Group"), _("Share"), _("Volunteers")), parts)


def _bars(census: Telling) -> BarList:
    _ = census.words
    return BarList(
        _("Volunteers by occupation"),
        (_("Group"), _("Share"), _("Volunteers")),
        tuple(
            Bar(
                _(name),
                census.value(f"occupation_pct.{code}"),
                (census.percent(f"occupation_pct.{code}"), census.number(f"occupation.{code}")),
            )
            for code, name in OCCUPATIONS.items()
        ),
    )
