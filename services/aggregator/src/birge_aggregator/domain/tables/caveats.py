"""The reservations of each table, found from the figures themselves, in three languages."""

from collections.abc import Sequence

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.tables.answer import Caveat, Missing
from birge_aggregator.domain.tables.gaps import not_attributable

# The three regions of 2022-06-08 begin inside June 2022.
_BOUNDARY_MONTH = 2022 * 12 + 5

_TEXTS = {
    "coverage": (
        "Фронт-офистер еріктілер қызметінің бір бөлігін ғана көреді (желінің бағалауынша 40–60 %).",
        "Фронт-офисы видят лишь часть волонтёрской деятельности (по оценке сети, 40–60 %).",
        "Front offices see a part of what volunteers do (40–60 % by the network's estimate).",
    ),
    "missing_submissions": (
        "Бұл өңірлер кезең үшін деректер берген жоқ; жиынтық сандарда олар жоқ.",
        "Эти регионы не представили данных за период; в итогах их нет.",
        "These regions submitted nothing for the period; the totals are without them.",
    ),
    "boundary_change": (
        "2022 жылғы 8 маусымда Абай, Жетісу және Ұлытау облыстары құрылды; кезең шекараны қамтиды.",
        "8 июня 2022 года образованы области Абай, Жетісу и Ұлытау; период включает эту дату.",
        "Abai, Jetisu and Ulytau regions were formed on 8 June 2022, inside this period.",
    ),
    "boundary_compared": (
        "Бұл өңірлердің аумағы 2022 жылғы 8 маусымда өзгерді: өткен жыл ескісі бойынша саналған.",
        "Территория этих регионов изменилась 8 июня 2022 года: год назад считали по прежней.",
        "The territory of these regions changed on 8 June 2022: the year before is of the old one.",
    ),
    "not_attributable": (
        "Кейбір есептер ұзағырақ кезеңге, бүкіл елге немесе бағытсыз берілген: олар бөлінбейді.",
        "Часть отчётов дана за более долгий период, за страну или без направления: их не делят.",
        "Some reports cover a longer period, the country or no direction: they are not split.",
    ),
    "first_half_only": (
        "Бұл өңірлерден тек бірінші жартыжылдықтың санағы бар.",
        "От этих регионов есть только перепись первого полугодия.",
        "Of these regions only the first half-year's census is there.",
    ),
    "national_base": (
        "Ұлттық үлестер осы өңірлерсіз есептелді: олар көрсеткіштердің бірін бермеген.",
        "Национальные доли рассчитаны без этих регионов: один из показателей не представлен.",
        "National shares are computed without these regions: one of the figures was not provided.",
    ),
    "net_basis": (
        "Сағаттар басқа есептерде ескерілгендерсіз алынған; тек есептелген сағаттар бағаланады.",
        "Часы взяты за вычетом уже учтённых в других отчётах; оценены только учтённые часы.",
        "Hours are net of what other reports have counted; only counted hours are valued.",
    ),
    "national_wage": (
        "Бұл өңірлердің өз жалақысы жарияланбаған: ел бойынша орташа жалақы қолданылды.",
        "Для этих регионов заработная плата не опубликована: взята средняя по стране.",
        "No wage is published for these regions: the national average is used.",
    ),
    "national_wage_of_activities": (
        "Бұл өңірлерде жалақысы жарияланбаған бағыттар ел бойынша орташа жалақымен бағаланды.",
        "В этих регионах направления без опубликованной заработной платы оценены по средней по "
        "стране.",
        "In these regions directions without a published wage are valued at the national average.",
    ),
    "named_volunteers": (
        "Тек еріктілерін атаған есептер бойынша; әр ерікті бір рет саналған.",
        "Только по отчётам, в которых названы волонтёры; каждый посчитан один раз.",
        "Only of reports that name their volunteers by reference; each is counted once.",
    ),
    "capture_recapture": (
        "Бағалау қабаттар ұйымдарды бір-бірінен тәуелсіз көреді және әрқайсысын бірдей "
        "ықтималдықпен көруге болады деп есептейді; ол санауды алмастырмайды.",
        "Оценка предполагает, что слои видят организации независимо друг от друга и что каждую "
        "можно увидеть с равной вероятностью; подсчёта она не заменяет.",
        "The estimate supposes that the layers see organisations independently, each equally "
        "likely, and name them by the same id; it never replaces the count.",
    ),
    "suppressed": (
        "Бұл өңірлерде бес адамнан (кәмелетке толмағандар үшін оннан) аз топтардың сандары және "
        "оларды есептеп шығаруға болатын сандар жарияланбайды.",
        "По этим регионам не публикуются числа о группах менее пяти человек (несовершеннолетних — "
        "менее десяти) и те, из которых их можно вычислить.",
        "Of these regions figures of groups of fewer than five persons (ten of minors) are not "
        "published, nor those that would give them away.",
    ),
    "method_note": (
        "Бұл өңірлер санау әдісіне ескертпе берді; жылдарды салыстырғанда ескеріңіз.",
        "Эти регионы сделали примечание к методу подсчёта; учитывайте это при сравнении лет.",
        "These regions added a note on how they counted; mind it when comparing years.",
    ),
}


def caveat(code: str, regions: Sequence[str] = ()) -> Caveat:
    """A caveat by its code."""
    kk, ru, en = _TEXTS[code]
    return Caveat(code, tuple(sorted(set(regions))), {"kk": kk, "ru": ru, "en": en})


def activity_caveats(figures: Figures, region: str, missing: Sequence[Missing]) -> list[Caveat]:
    """The caveats of every table made from activity reports."""
    found = [caveat("coverage")]
    if missing:
        found.append(caveat("missing_submissions", [item.region for item in missing]))
    if figures.window.first_month <= _BOUNDARY_MONTH <= figures.window.last_month:
        found.append(caveat("boundary_change"))
    if unplaced := not_attributable(figures, region):
        found.append(caveat("not_attributable", [row["region"] for row in unplaced]))
    return found
