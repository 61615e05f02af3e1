"""The policy of the demo's award, and who is nominated in it: invented people of no real place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

NOT_HELD = "Демонстрация: в этом регионе номинантов нет."
"""The reason that the other regions sign."""


def titles(kk: str, ru: str, en: str) -> dict[str, str]:
    """A title in three languages."""
    return {"kk": kk, "ru": ru, "en": en}


POLICY: dict[str, Any] = {
    "version": 1,
    "scale": [1, 10],
    "reviews": 3,
    "ranks_by": "calibrated",
    "tie_chain": [
        "majority_of_common_judges",
        "count_back",
        "heaviest_criteria",
        "shared_award",
    ],
    "fund_tenge": 3_000_000,
    "appeal_days": 10,
    "quorum": "2/3",
    "nominations": [
        {
            "code": "ecology",
            "track": "domestic",
            "prizes": [1_000_000, 600_000, 400_000],
            "titles": titles("Экология", "Экология", "Ecology"),
            "criteria": [
                {
                    "code": "impact",
                    "weight": 3,
                    "titles": titles("Нәтижесі", "Польза", "What it changed"),
                },
                {
                    "code": "steadiness",
                    "weight": 2,
                    "titles": titles("Тұрақтылығы", "Постоянство", "Steadiness"),
                },
            ],
        },
        {
            "code": "friend",
            "track": "international",
            "prizes": [1_000_000],
            "titles": titles("Ел досы", "Друг страны", "Friend of the country"),
            "criteria": [
                {
                    "code": "impact",
                    "weight": 1,
                    "titles": titles("Нәтижесі", "Польза", "What it changed"),
                },
            ],
        },
    ],
}

Nominee: TypeAlias = tuple[str, str, str]
"""Region or country, name, and what was done."""


@dataclass(frozen=True)
class Size:
    """Who is nominated, how many read them in each region, and how often each is read."""

    domestic: Sequence[Nominee]
    international: Sequence[Nominee]
    jurors: int = 3
    reviews: int = 3
    commission: int = 1
    """How many times two members of the country and one from each of two others."""

    @property
    def regions(self) -> list[str]:
        """The regions with a jury: those in which somebody is nominated."""
        return sorted({region for region, _, _ in self.domestic})

    def policy(self) -> dict[str, Any]:
        """The rules of an award of this size."""
        return {**POLICY, "reviews": self.reviews}


CITATION = titles(
    "Тұрақты әрі пайдалы еңбегі үшін.",
    "За постоянный и полезный труд.",
    "For steady and useful work.",
)
DOMESTIC: tuple[Nominee, ...] = (
    ("KZ-11", "Айгерім Үлгі", "Көл жағасын екі жыл бойы тазалап келеді."),
    ("KZ-11", "Тимур Мысал", "Мектеп ауласына ағаш отырғызады."),
    ("KZ-11", "Елена Примерова", "Учит детей сортировать отходы."),
    ("KZ-63", "Нұрлан Үлгі", "Өзеннің суын зерттеп, нәтижесін жариялайды."),
    ("KZ-63", "Мария Образцова", "Собирает батарейки по всей области."),
    ("KZ-63", "Дана Мысал", "Қыста құстарға жем береді."),
    ("KZ-75", "Асель Примерова", "Ведёт экологическую тропу для школьников."),
    ("KZ-75", "Ержан Үлгі", "Тау соқпақтарын тазартады."),
    ("KZ-75", "Ольга Образцова", "Считает воздух города и пишет об этом."),
)
INTERNATIONAL: tuple[Nominee, ...] = (
    ("GE", "Nino Magalithi", "Teaches first aid to volunteers of both countries."),
    ("DE", "Hanna Beispiel", "Brought a library of tools to five villages."),
    ("UZ", "Bobur Namuna", "Plants saxaul on the dry bed of the Aral Sea."),
)


SMALL = Size(DOMESTIC, INTERNATIONAL)


def nomination_event(
    number: int, cycle: str, source: str, name: str, citation: str, at: datetime, **where: str
) -> dict[str, Any]:
    """The event that a partner sends for a nominee; `where` is a region or a country."""
    is_domestic = "region" in where
    return {
        "specversion": "1.0",
        "id": f"{cycle}-n-{number}",
        "source": source,
        "type": "kz.birge.nomination.submitted.v1",
        "datacontenttype": "application/json",
        "subject": f"{cycle}-n-{number}",
        "time": at.isoformat(),
        "data": {
            "nomination_id": f"{cycle}-n-{number}",
            "version": 1,
            "cycle": cycle,
            "track": "domestic" if is_domestic else "international",
            **where,
            "nomination": "ecology" if is_domestic else "friend",
            "nominee": {
                "kind": "person",
                "name": name,
                "birth_year": 1990,
                "contact": f"nominee{number}@example.kz",
            },
            "nominator": {
                "name": "Сергей Демонстрациялық",
                "contact": "nominator@example.kz",
                "relation": "colleague",
            },
            "citation": citation,
            "evidence": [],
            "confirmations": [
                {"organisation": "Жасыл дала"},
                {"organisation": "Мейірім қоры"},
            ],
            "consents": {"processing": True, "publication": True},
        },
    }
