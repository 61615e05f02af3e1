"""Which questions a verification asks: every table, window and region, and the variants."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from birge_stack.oracle.recount import ACTIVITY_TABLES, TABLES

COUNTRY = "KZ"
LAYERED_TABLES = ("steady_work", "distinct_volunteers")
LAYERS = ("front_office", "grant", "independent")


@dataclass(frozen=True, slots=True)
class Question:
    """One table of one window, with its options as the address spells them."""

    table: str
    period: str
    region: str = COUNTRY
    layer: str | None = None
    basis: str | None = None
    is_map_17: bool = False

    @property
    def query(self) -> Mapping[str, str]:
        """The query of the address."""
        options = {
            "period": self.period,
            "region": self.region,
            "layer": self.layer,
            "basis": self.basis,
            "map": "17" if self.is_map_17 else None,
        }
        return {name: value for name, value in options.items() if value is not None}

    @property
    def address(self) -> str:
        """The address without its host."""
        query = "&".join(f"{name}={value}" for name, value in self.query.items())
        return f"/v1/statistics/{self.table}?{query}"


def windows_of(activity_years: Iterable[int], census_years: Iterable[int]) -> Sequence[str]:
    """Every month, half-year and year with reports, the census years' halves, and rolling ones."""
    reported = sorted(set(activity_years))
    windows = [
        window
        for year in sorted({*reported, *census_years})
        for window in (f"{year}", f"{year}-H1", f"{year}-H2")
    ]
    for year in reported:
        windows += [f"{year}-{month:02d}" for month in range(1, 13)]
        windows += [f"{year}-{month:02d}~12m" for month in (3, 6, 10, 12)]
        windows += [f"{year + 1}-{month:02d}~12m" for month in (2, 5)]
    return list(dict.fromkeys(windows))


def questions(windows: Sequence[str], regions: Sequence[str]) -> Iterator[Question]:
    """Window by window, so that what the API keeps in memory of one is used for all of it."""
    for window in windows:
        for table in TABLES:
            yield Question(table, window)
            yield from (Question(table, window, region) for region in regions)
        yield from _variants(window)
    for window in windows:
        yield from (Question(table, window, is_map_17=True) for table in TABLES)


def _variants(window: str) -> Iterator[Question]:
    """Options that change what a table answers."""
    yield Question("representedness", window, basis="events")
    for table in (*ACTIVITY_TABLES, *LAYERED_TABLES):
        if table != "representedness":
            yield from (Question(table, window, layer=layer) for layer in LAYERS)
