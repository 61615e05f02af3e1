"""What a finding means, in a sentence of Kazakh, Russian and English."""

from collections.abc import Mapping
from typing import Any

Detail = Mapping[str, str]
"""`kk`, `ru` and `en`."""

_TEXTS: Mapping[str, tuple[str, str, str]] = {
    "silent": (
        "фронт-офис ештеңе тапсырмады, ал осы не кейінгі ай бойынша басқалар есеп берді",
        "фронт-офис ничего не сдал, хотя за этот или более поздний месяц другие отчитались",
        "the office reported nothing, though this month or a later one is reported elsewhere",
    ),
    "late": (
        "келесі айдың 15-іне дейін {least} %-дан азы жіберілді",
        "к 15-му числу следующего месяца отправлено менее {least} %",
        "less than {least} % sent by the 15th of the next month",
    ),
    "empty_month": (
        "барлық сағат басқа есептерде ескерілген",
        "все часы уже учтены в других отчётах",
        "all of its hours are already counted elsewhere",
    ),
    "repeated_month": (
        "әр бағыт бойынша {before} айындағы көрсеткіштердің өзі",
        "по каждому направлению те же показатели, что и за {before}",
        "the same figures in every direction as in {before}",
    ),
    "outlier": (
        "өңірдің алдыңғы {months} айына қарағанда түрлендірілген z-бағасы {score:.1f}",
        "модифицированная z-оценка {score:.1f} к предыдущим месяцам региона ({months})",
        "modified z-score {score:.1f} against the region's {months} months before",
    ),
    "outlier_of_equal": (
        "өңірдің алдыңғы {months} айынан екі еседен көп не жартысынан аз",
        "больше чем вдвое выше или ниже предыдущих месяцев региона ({months})",
        "over twice or under half of the region's {months} months before",
    ),
    "report": ("есеп {name}", "отчёт {name}", "report {name}"),
    "no_census": (
        "фронт-офис санақ тапсырмады, ал басқа өңірлер тапсырды",
        "фронт-офис не сдал перепись, хотя другие регионы сдали",
        "the office submitted no census, though other regions did",
    ),
    "rule": (
        "{rule}; {parts} бөліктің {gaps}-і берілмеген; {source}",
        "{rule}; не представлено частей: {gaps} из {parts}; {source}",
        "{rule}; {gaps} of {parts} parts not provided; {source}",
    ),
    "empty_census": (
        "{figures} көрсеткіштің {given}-і берілген, нөлден үлкені жоқ; {source}",
        "представлено показателей: {given} из {figures}, ни одного больше нуля; {source}",
        "{given} of {figures} figures given, none above 0; {source}",
    ),
    "repeated_census": (
        "барлық көрсеткіш {before} санағындағыдай; {source}",
        "все показатели те же, что и за {before}; {source}",
        "every figure is that of {before}; {source}",
    ),
    "second_census": (
        "{counts} есепке алынады; {other} басқаша көрсетеді",
        "учитывается {counts}; {other} указывает иное",
        "{counts} counts; {other} states otherwise",
    ),
    "change": (
        "өткен жылмен салыстырғанда {most} %-дан көп: нақты ма, санау ережесі ме, қамту ма, "
        "шекара ма? Әдіске ескертпе немесе түсіндірме айтады",
        "более {most} % к прошлому году: реальное изменение, правило подсчёта, охват или граница? "
        "Ответит примечание к методу или объяснение",
        "more than {most} % on the year before: real, another counting rule, coverage or boundary? "
        "A note on the method or an explanation tells",
    ),
    "printed_parts": (
        "{unit}, жариялаған {publisher}{least}; бөліктері: {parts}",
        "{unit}, опубликовано: {publisher}{least}; части: {parts}",
        "{unit}, printed by {publisher}{least}; parts: {parts}",
    ),
    "printed_total": (
        "{unit}, жариялаған {publisher}{least}; біздің көрсеткіш: {about}",
        "{unit}, опубликовано: {publisher}{least}; наш показатель: {about}",
        "{unit}, printed by {publisher}{least}; our figure: {about}",
    ),
    "printed_total_with_gaps": (
        "{unit}, жариялаған {publisher}{least}; біздің көрсеткіш: {about}; есеп бермегендер: "
        "{silent}",
        "{unit}, опубликовано: {publisher}{least}; наш показатель: {about}; не отчитались: "
        "{silent}",
        "{unit}, printed by {publisher}{least}; our figure: {about}; no reports of {silent}",
    ),
    "mark": (
        "{unit}, жариялаған {publisher}{least}; басылған белгі «{printed}», біздікі «{own}»; "
        "{about}",
        "{unit}, опубликовано: {publisher}{least}; напечатано «{printed}», у нас «{own}»; {about}",
        '{unit}, printed by {publisher}{least}; printed as "{printed}", by our own "{own}"; '
        "{about}",
    ),
    "beyond_whole": (
        "{direction} үлесі өңірдің басылған барлық сағатынан көп болар еді; жариялаған {publisher}",
        "доля направления {direction} превысила бы все напечатанные часы региона; опубликовано: "
        "{publisher}",
        "the share of {direction} would be more than all printed hours of the region; printed by "
        "{publisher}",
    ),
    "copies": (
        "{names} есептері бір сағаттарды айтатын сияқты; біреуінен басқасында already_counted "
        "мұны көрсетер еді",
        "отчёты {names} похожи на одни и те же часы; already_counted во всех, кроме одного, "
        "сказал бы об этом",
        "reports {names} look like the same hours; already_counted in all of them but one would "
        "say so",
    ),
    "whole_of_parts": (
        "{name} есебі {source} айтқан қысқа кезеңдердің ({periods}) қосындысына ұқсайды; ондағы "
        "already_counted мұны көрсетер еді",
        "отчёт {name} похож на сумму более коротких периодов ({periods}) от {source}; "
        "already_counted в нём сказал бы об этом",
        "report {name} looks like the sum of {periods} shorter period(s) of {source}; "
        "already_counted in it would say so",
    ),
    "explained": (
        "{detail}; түсіндірме: {text}",
        "{detail}; объяснение: {text}",
        "{detail}; explained: {text}",
    ),
}


def detail(code: str, **said: Any) -> Detail:
    """The sentence of a code; what is said in it is the same in all three."""
    kk, ru, en = (text.format(**said) for text in _TEXTS[code])
    return {"kk": kk, "ru": ru, "en": en}


def explained(of_finding: Detail, text: str) -> Detail:
    """The sentence, followed by what was said to explain it, in the language it was said in."""
    return {
        language: form.format(detail=of_finding[language], text=text)
        for language, form in zip(("kk", "ru", "en"), _TEXTS["explained"], strict=True)
    }
