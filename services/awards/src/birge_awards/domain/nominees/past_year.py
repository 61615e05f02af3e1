"""Which stated periods lie in the year in which somebody has to have been active."""

from datetime import date

_YEAR_MONTHS = 12


def periods_before(day: date) -> list[str]:
    """The stated periods inside the twelve whole months before a day: months, halves, a year."""
    months = []
    year, month = day.year, day.month
    for _ in range(_YEAR_MONTHS):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        months.append(f"{year}-{month:02d}")
    held = set(months)
    halves = {
        f"{year}-H{half}": {f"{year}-{month:02d}" for month in range(6 * half - 5, 6 * half + 1)}
        for year in {int(one[:4]) for one in months}
        for half in (1, 2)
    }
    whole = [name for name, inside in halves.items() if inside <= held]
    years = [str(year) for year in {int(one[:4]) for one in months} if _is_year(year, held)]
    return sorted([*months, *whole, *years])


def _is_year(year: int, months: set[str]) -> bool:
    return {f"{year}-{month:02d}" for month in range(1, 13)} <= months
