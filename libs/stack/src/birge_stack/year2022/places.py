"""Names of places and organisations that reports mention; the organisations are made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from birge_stack.year2022.figures import figures_of_2022, read_rows

DISTRICTS: Mapping[str, tuple[str, ...]] = {
    "KZ-11": ("Көкшетау", "Бурабай", "Аршалы"),
    "KZ-15": ("Ақтөбе", "Хромтау", "Мұғалжар"),
    "KZ-19": ("Талғар", "Қарасай", "Еңбекшіқазақ"),
    "KZ-23": ("Атырау", "Жылыой", "Индер"),
    "KZ-27": ("Орал", "Бөрлі", "Теректі"),
    "KZ-31": ("Тараз", "Қордай", "Шу"),
    "KZ-35": ("Қарағанды", "Теміртау", "Балқаш"),
    "KZ-39": ("Қостанай", "Рудный", "Әулиекөл"),
    "KZ-43": ("Қызылорда", "Арал", "Қазалы"),
    "KZ-47": ("Ақтау", "Жаңаөзен", "Бейнеу"),
    "KZ-55": ("Павлодар", "Екібастұз", "Ақсу"),
    "KZ-59": ("Петропавл", "Қызылжар", "Тайынша"),
    "KZ-61": ("Түркістан", "Сайрам", "Сарыағаш"),
    "KZ-63": ("Өскемен", "Семей", "Риддер"),
    "KZ-71": ("Алматы", "Байқоңыр", "Есіл", "Сарыарқа"),
    "KZ-75": ("Алатау", "Алмалы", "Әуезов", "Бостандық", "Медеу"),
    "KZ-79": ("Абай", "Әл-Фараби", "Еңбекші", "Қаратау"),
}
NOTES = (
    "Сбор и развозка продуктовых наборов одиноким пожилым людям.",
    "Уборка берега и посадка деревьев вместе со школами района.",
    "Выезд поисковой группы по заявке о пропавшем человеке.",
    "Ауылдағы қарт кісілерге үй шаруасына көмек.",
    "Балалар үйінде шеберлік сабағы өтті.",
    "Ескерткіштердің аумағын тазалау.",
    "English club for school pupils, run by students.",
    "Walks with the dogs of the shelter, kennels repaired.",
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who did the work, as a report names it."""

    id: str
    name: str
    kind: str

    def as_data(self) -> dict[str, str]:
        """The organisation on the wire."""
        return {"id": self.id, "name": self.name, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Community:
    """The organisations of a region: NGOs do steady work, all of them one-off actions."""

    ngos: tuple[Organisation, ...]
    others: tuple[Organisation, ...]


@cache
def region_names() -> Mapping[str, str]:
    """The English name of each region."""
    return {row["code"]: row["name_en"] for row in read_rows("regions.csv")}


@cache
def community_of(region: str) -> Community:
    """A handful of organisations of the region, no more than its census counts."""
    census = figures_of_2022().census[region]
    groups = 0 if census.initiative_groups is None else census.initiative_groups
    return Community(
        ngos=_named(region, "ngo", "Volunteer NGO", min(census.ngos, 10)),
        others=(
            *_named(region, "initiative_group", "Initiative group", min(groups, 14)),
            *_named(region, "state", "Youth resource centre", 2),
            *_named(region, "company", "Company with volunteers", 2),
            *_named(region, "other", "School or college", 4),
        ),
    )


def _named(region: str, kind: str, label: str, count: int) -> tuple[Organisation, ...]:
    place, slug = region_names()[region], region.lower()
    return tuple(
        Organisation(
            f"{slug}-{kind.replace('_', '-')}-{number:02d}", f"{label} {number}, {place}", kind
        )
        for number in range(1, count + 1)
    )
