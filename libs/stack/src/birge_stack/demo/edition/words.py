"""What the demo's editors write; made up, but for the report's own recommendations."""

from collections.abc import Mapping, Sequence
from typing import Any

Texts = Mapping[str, str]

COMMENTARY: Mapping[str, Texts] = {
    "KZ": {
        "kk": "2022 жылы фронт-офистер сағаттарды алғаш рет бірыңғай ережемен санады: мәжбүрлі, "
        "ақылы, саяси және діни қатысу есептелмейді. Сондықтан алдыңғы жылдармен салыстыру "
        "көбіне санау ережесінің өзгергенін көрсетеді.",
        "ru": "В 2022 году фронт-офисы впервые считали часы по единому правилу: принудительное, "
        "оплачиваемое, политическое и религиозное участие не учитывается. Поэтому сравнение с "
        "прежними годами чаще говорит о смене правила, чем о волонтёрах.",
        "en": "In 2022 the front offices counted hours by one rule for the first time: forced, "
        "paid, political and religious participation is left out. A comparison with earlier "
        "years therefore often shows a change of the rule rather than of volunteering.",
    },
    "KZ-75": {
        "kk": "Алматы қаласы бастамашыл топтардың санын бермеді, сондықтан ұлттық үлестер онсыз "
        "есептелді.",
        "ru": "Город Алматы не представил числа инициативных групп, поэтому национальные доли "
        "рассчитаны без него.",
        "en": "The city of Almaty gave no number of initiative groups, so national shares are "
        "computed without it.",
    },
    "KZ-71": {
        "kk": "Астанада баспа есебі мен матрица бір-біріне қайшы келеді; екеуі де анықталған "
        "сәйкессіздіктер тізімінде тұр.",
        "ru": "По Астане текст отчёта и матрица противоречат друг другу; оба значения стоят в "
        "списке расхождений.",
        "en": "For Astana the report's text and its matrix contradict each other; both figures "
        "stand in the list of findings.",
    },
}

_YEARLY = {
    "kk": "Өңірлік «Үздік волонтёр» кезеңін әр өңірде өткізу.",
    "ru": "Проводить региональный этап «Лучший волонтёр» в каждом регионе.",
    "en": "Hold the regional stage of the “Best volunteer” award in every region.",
}
_ONE_RULE = {
    "kk": "Волонтёрлік сағаттарды бірыңғай ережемен санау.",
    "ru": "Считать волонтёрские часы по единому правилу.",
    "en": "Count volunteer hours by one rule.",
}
RECOMMENDATIONS: Sequence[Mapping[str, Any]] = (
    {"since": "2021", "text": _ONE_RULE, "state": "done", "note": None},
    {"since": "2021", "text": _YEARLY, "state": "partly", "note": None},
)

_NEW_REGIONS = {
    "KZ-10": "Абай",
    "KZ-33": "Жетісу",
    "KZ-62": "Ұлытау",
}


def explanation_of(finding: Mapping[str, Any]) -> tuple[str, str]:
    """A reason's code and what the republican office says about an error that is open."""
    region, what = finding["region"], finding["what"]
    if region in _NEW_REGIONS:
        return "boundary", f"{_NEW_REGIONS[region]}: reported with its former region until 2023"
    if finding["check"] == "sum_of_parts":
        return "print_error", "The printed parts do not add up to the printed total"
    return "coverage", f"{what}: the office sent nothing, and the edition says so"
