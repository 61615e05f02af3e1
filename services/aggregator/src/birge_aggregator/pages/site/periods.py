"""Names of periods as people say them."""

from birge_common.web.pages.words import Words


def period_name(words: Words, period: str) -> str:
    """`2022`, or "first half of 2022" for `2022-H1`; twelve months are named by their last."""
    _ = words
    year, _separator, part = period.partition("-")
    if part == "H1":
        return _("first half of %(year)s", year=year)
    if part == "H2":
        return _("second half of %(year)s", year=year)
    if part.endswith("~12m"):
        return _("twelve months to the end of June %(year)s", year=year)
    return period
