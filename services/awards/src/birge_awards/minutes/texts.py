"""Every label of the minutes in Kazakh, Russian and English."""

from collections.abc import Mapping
from types import MappingProxyType

from birge_awards.minutes.record import Texts

LANGUAGES = ("kk", "ru", "en")
"""The languages that minutes are printed in."""

TEXTS: Mapping[str, Texts] = MappingProxyType(
    {
        "title": Texts("ХАТТАМА", "ПРОТОКОЛ", "MINUTES"),
        "numbered": Texts("№ {number} хаттама", "Протокол № {number}", "Minutes No. {number}"),
        "of_sitting": Texts(
            "қазылар алқасының отырысы", "заседания жюри", "of the sitting of the jury"
        ),
        "panel.national": Texts(
            "Ұлттық кезең комиссиясы",
            "Комиссия национального этапа",
            "Commission of the national stage",
        ),
        "panel.international": Texts(
            "Халықаралық комиссия", "Международная комиссия", "International commission"
        ),
        "page": Texts(
            "{page}-бет, барлығы {pages}", "Страница {page} из {pages}", "Page {page} of {pages}"
        ),
        "record": Texts("Жазбаның SHA-256 сомасы", "SHA-256 записи", "SHA-256 of the record"),
        "sitting": Texts("Отырыс", "Заседание", "Sitting"),
        "award": Texts("Марапат", "Награда", "Award"),
        "cycle": Texts("Цикл", "Цикл", "Cycle"),
        "panel": Texts("Қазылар алқасы", "Жюри", "Jury"),
        "place": Texts("Өткен жері", "Место проведения", "Place"),
        "opened_at": Texts("Басталуы", "Начало", "Opened"),
        "closed_at": Texts("Аяқталуы", "Окончание", "Closed"),
        "policy": Texts("Қолданыстағы ережелер", "Действующие правила", "Rules in force"),
        "policy_version": Texts("{version}-нұсқа", "версия {version}", "version {version}"),
        "policy_hash": Texts(
            "Ережелердің SHA-256 сомасы", "SHA-256 правил", "SHA-256 of the rules"
        ),
        "ranks_by": Texts("Орынды анықтайтын балл", "Место определяет", "Places are given by"),
        "raw_mean": Texts("орташа балл", "средний балл", "the raw mean"),
        "calibrated": Texts("түзетілген балл", "уточнённый балл", "the calibrated score"),
        "plan_hash": Texts(
            "Бөлу жоспарының SHA-256 сомасы",
            "SHA-256 плана распределения",
            "SHA-256 of the assignment plan",
        ),
        "plan_seed": Texts(
            "Бөлудің бастапқы мәні", "Начальное значение распределения", "Seed of the assignment"
        ),
        "members": Texts("Алқа құрамы", "Состав жюри", "Members of the jury"),
        "number": Texts("№", "№", "No."),
        "name": Texts("Аты-жөні", "Имя и фамилия", "Name"),
        "role": Texts("Міндеті", "Роль", "Role"),
        "role.chair": Texts("төраға", "председатель", "chair"),
        "role.member": Texts("мүше", "член жюри", "member"),
        "presence": Texts("Қатысуы", "Присутствие", "Attendance"),
        "present": Texts("қатысты", "присутствует", "present"),
        "absent": Texts("қатысқан жоқ", "отсутствует", "absent"),
        "recused": Texts(
            "Өздігінен бас тартқан үміткерлер", "Самоотводов", "Recused from, nominees"
        ),
        "quorum": Texts("Кворум", "Кворум", "Quorum"),
        "quorum.present": Texts("Қатысқан мүшелер", "Присутствует членов", "Members present"),
        "quorum.unconflicted": Texts(
            "Олардың ішінде мүдделер қақтығысы жоқтары",
            "Из них без конфликта интересов",
            "Of these without a conflict of interest",
        ),
        "quorum.needed": Texts("Қажетті саны", "Необходимо", "Needed"),
        "quorum.met": Texts(
            "Кворум бар, отырыс шешім қабылдауға құқылы.",
            "Кворум имеется, заседание правомочно.",
            "There is a quorum; the sitting may decide.",
        ),
        "quorum.not_met": Texts(
            "Кворум жоқ, отырыс шешім қабылдауға құқылы емес.",
            "Кворума нет, заседание неправомочно.",
            "There is no quorum; the sitting may not decide.",
        ),
        "conflicts": Texts(
            "Мүдделер қақтығысы және өздігінен бас тарту",
            "Конфликты интересов и самоотводы",
            "Conflicts of interest and recusals",
        ),
        "conflicts.note": Texts(
            "Жұптар саны көрсетілген: «қазы – үміткер». Кім екені ашылмайды.",
            "Указано число пар «член жюри – номинант»; имена не раскрываются.",
            "Counted are pairs of juror and nominee; nobody is named.",
        ),
        "kind": Texts("Түрі", "Вид", "Kind"),
        "declared": Texts("Мәлімделген", "Заявлено", "Declared"),
        "computed": Texts("Деректер бойынша анықталған", "Выявлено по данным", "Found in the data"),
        "kind.same_person": Texts("бір адам", "одно и то же лицо", "the same person"),
        "kind.contact": Texts("ортақ байланыс деректері", "общие контакты", "shared contacts"),
        "kind.kinship": Texts("туыстық", "родство", "kinship"),
        "kind.organisation": Texts("бір ұйым", "одна организация", "the same organisation"),
        "kind.nominator": Texts("үміткерді ұсынған", "выдвинул номинанта", "nominated the nominee"),
        "kind.grant": Texts("ортақ грант", "общий грант", "a grant in common"),
        "kind.authority": Texts(
            "қызметтік бағыныстылық", "служебная подчинённость", "a line of authority"
        ),
        "kind.co_events": Texts(
            "бірге қатысқан іс-шаралар", "совместные мероприятия", "events attended together"
        ),
        "kind.rivalry": Texts("бәсекелестік", "соперничество", "rivalry"),
        "kind.other": Texts("басқа", "иное", "other"),
        "recusals": Texts("Өздігінен бас тарту саны", "Число самоотводов", "Recusals"),
        "nomination": Texts("Номинация", "Номинация", "Category"),
        "standings": Texts("Бағалау нәтижелері", "Результаты оценки", "Standings"),
        "rank": Texts("Орын", "Место", "Place"),
        "part": Texts("Топ", "Группа", "Part"),
        "nominee": Texts("Үміткер", "Номинант", "Nominee"),
        "scores": Texts("Бағалар саны", "Оценок", "Scores"),
        "scores_of": Texts(
            "{assigned} ішінен {scores}", "{scores} из {assigned}", "{scores} of {assigned}"
        ),
        "mean_column": Texts("Орташа балл", "Средний балл", "Raw mean"),
        "calibrated_column": Texts("Түзетілген балл", "Уточнённый балл", "Calibrated"),
        "error_column": Texts("Стандартты қате", "Стандартная ошибка", "Standard error"),
        "state": Texts("Күйі", "Состояние", "State"),
        "state.ranked": Texts("рейтингте", "в рейтинге", "ranked"),
        "state.below_quorum": Texts("баға жеткіліксіз", "оценок недостаточно", "below quorum"),
        "state.unjudged": Texts("бағаланбаған", "не оценён", "unjudged"),
        "status.COMPARABLE": Texts(
            "Барлық үміткердің балдары өзара салыстырмалы.",
            "Баллы всех номинантов сопоставимы.",
            "The scores of all nominees can be compared.",
        ),
        "status.NOT_COMPARABLE": Texts(
            "Балдар салыстырмалы емес: орындар тек әр топтың ішінде жарамды.",
            "Баллы несопоставимы: места действительны только внутри каждой группы.",
            "The scores cannot be compared: places hold inside each part only.",
        ),
        "ties": Texts("Тең балдарды ажырату", "Разрешение равенства", "How ties were resolved"),
        "tie.tied": Texts("Тең болғандар: {tied}.", "Равны: {tied}.", "Tied: {tied}."),
        "tie.into": Texts("Нәтижесі: {into}.", "Итог: {into}.", "Became: {into}."),
        "tie.votes": Texts("Дауыс беру: {votes}.", "Голосование: {votes}.", "Votes: {votes}."),
        "tie.vote": Texts("{member} – {nominee}", "{member} – {nominee}", "{member} for {nominee}"),
        "tie.abstained": Texts(
            "{member} қалыс қалды", "{member} – воздержание", "{member} abstained"
        ),
        "tie.decided_by": Texts(
            "Шешім қабылдаған: {name}.", "Решение принято: {name}.", "Decided by: {name}."
        ),
        "tie.reason": Texts("Негіздеме: {reason}", "Обоснование: {reason}", "Reason: {reason}"),
        "step.majority_of_common_judges": Texts(
            "Екеуін де бағалаған қазылардың көпшілігі",
            "Большинство оценивших обоих",
            "Majority of the jurors who scored both",
        ),
        "step.count_back": Texts(
            "Ең жоғары бағаларды кезекпен салыстыру",
            "Последовательное сравнение лучших оценок",
            "Count-back of the best scores",
        ),
        "step.heaviest_criteria": Texts(
            "Салмағы ең үлкен өлшемшарттар",
            "Критерии наибольшего веса",
            "The heaviest criteria",
        ),
        "step.extra_blind_judge": Texts(
            "Тең балдар туралы білмейтін қосымша қазы",
            "Дополнительный член жюри, не знавший о равенстве",
            "One more juror who did not know of the tie",
        ),
        "step.open_vote": Texts("Ашық дауыс беру", "Открытое голосование", "Open vote"),
        "step.chair_with_reason": Texts(
            "Төрағаның негізделген шешімі",
            "Решение председателя с обоснованием",
            "The chair's word, with a reason",
        ),
        "step.shared_award": Texts("Марапат бөлінді", "Награда разделена", "The award is shared"),
        "stability": Texts(
            "Нәтиженің тұрақтылығы", "Устойчивость результата", "Stability of the result"
        ),
        "stability.stable": Texts(
            "Кез келген бір қазының бағаларын есепке алмағанда лауреаттар өзгермейді.",
            "Без оценок любого одного члена жюри лауреаты не меняются.",
            "Without the scores of any one juror the laureates stay the same.",
        ),
        "stability.changes": Texts(
            "Бір қазының бағаларын есепке алмағанда нәтиже өзгерер еді:",
            "Без оценок одного члена жюри результат был бы иным:",
            "Without the scores of one juror the result would differ:",
        ),
        "stability.gone": Texts(
            "лауреат болмас еді: {names}",
            "не стал бы лауреатом: {names}",
            "no longer a laureate: {names}",
        ),
        "stability.new": Texts(
            "лауреат болар еді: {names}",
            "стал бы лауреатом: {names}",
            "a laureate instead: {names}",
        ),
        "stability.in_doubt": Texts(
            "соңғы орынға тең келер еді: {names}",
            "равенство на последнем месте: {names}",
            "tied for the last place: {names}",
        ),
        "stability.not_comparable": Texts(
            "ортақ реттілік болмас еді",
            "общего порядка не было бы",
            "there would be no common order",
        ),
        "stability.confirmed": Texts(
            "Нәтиже дауыс беру арқылы қаралды: жақтап – {in_favour}, қарсы – {against}, "
            "қалыс қалғаны – {abstained}.",
            "Результат вынесен на голосование: за – {in_favour}, против – {against}, "
            "воздержались – {abstained}.",
            "The result was put to the vote: {in_favour} in favour, {against} against, "
            "{abstained} abstained.",
        ),
        "decision": Texts("Шешім", "Решение", "Decision"),
        "laureate": Texts("Лауреат", "Лауреат", "Laureate"),
        "prize": Texts("Сыйлық", "Премия", "Prize"),
        "prizes_total": Texts("Сыйлықтар жиыны", "Сумма премий", "Prizes in total"),
        "citation": Texts("Марапаттау негіздемесі", "Формулировка жюри", "Citation"),
        "no_award": Texts("Марапат берілмейді.", "Награда не присуждается.", "No award is given."),
        "appeal": Texts("Апелляция", "Апелляция", "Appeals"),
        "appeal.term": Texts(
            "Апелляция мерзімі – {days} күн, соңғы күні: {until}.",
            "Апелляции принимаются в течение {days} дн., по {until} включительно.",
            "Appeals are taken within {days} days, until and including {until}.",
        ),
        "log": Texts("Әрекеттер журналы", "Журнал действий", "Log of acts"),
        "log.origin": Texts("Журнал", "Журнал", "Log"),
        "log.size": Texts("Жазбалар саны", "Число записей", "Entries"),
        "log.root_hash": Texts(
            "Ағаштың түбірлік хеші", "Корневой хеш дерева", "Root hash of the tree"
        ),
        "signatures": Texts("Қолтаңбалар", "Подписи", "Signatures"),
        "signatures.note": Texts(
            "Алқа мүшелері жүйеде әр беттің төменгі жағында көрсетілген жазбаның SHA-256 сомасына "
            "қол қояды.",
            "Члены жюри подписывают в системе SHA-256 записи, указанную внизу каждой страницы.",
            "Members sign, in the system, the SHA-256 of the record at the foot of every page.",
        ),
        "signed_at": Texts("Қол қойылған уақыты", "Подписано", "Signed"),
        "not_signed": Texts("қол қойылмаған", "не подписано", "not signed"),
        "almaty": Texts("Алматы уақыты", "время Алматы", "Almaty time"),
        "none": Texts("–", "–", "–"),
    }
)


def say(key: str, language: str, **values: object) -> str:
    """A label in a language, its named gaps filled."""
    return TEXTS[key].in_language(language).format_map(values)
