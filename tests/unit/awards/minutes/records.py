"""Records of a sitting as valid as they come, to be altered by tests."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from birge_awards.minutes.record import (
    AppealTerm,
    AssignmentPlan,
    Citation,
    Confirmation,
    ConflictCount,
    LaureateOfRecord,
    LogCheckpoint,
    Member,
    MinutesRecord,
    NominationOfRecord,
    NomineeStanding,
    OpenVote,
    PolicyInForce,
    Quorum,
    ResultWithoutOne,
    Signature,
    Stability,
    Texts,
    TieStep,
)

CLOSED_AT = datetime(2026, 11, 20, 11, 45, tzinfo=UTC)

MEMBERS = (
    Member("m1", "Әйгерім Нұрланқызы Сәтбаева", "chair", present=True, recused=1),
    Member("m2", "Иван Сергеевич Петров", "member", present=True),
    Member("m3", "Ғалымжан Өтегенұлы Қуанышбек", "member", present=True, recused=2),
    Member("m4", "Һарон Ыбырайұлы", "member", present=False),
)
VOLUNTEER = Texts("Жыл еріктісі", "Волонтёр года", "Volunteer of the year")
TEAM = Texts("Үздік команда", "Лучшая команда", "Best team")


def standing(number: int, name: str) -> NomineeStanding:
    """A ranked nominee with figures of its own."""
    return NomineeStanding(
        nominee=f"n{number}",
        name=name,
        state="ranked",
        scores=4,
        assigned=5,
        raw_mean=Decimal("8.90") - Decimal(number) / 7 // Decimal("0.01") * Decimal("0.01"),
        calibrated=Decimal("8.71") - Decimal(number) / 9 // Decimal("0.01") * Decimal("0.01"),
        standard_error=Decimal("0.31"),
        part=1,
        place=number,
    )


def volunteer_nomination() -> NominationOfRecord:
    return NominationOfRecord(
        code="volunteer",
        title=VOLUNTEER,
        standings=(
            standing(1, "Айдана Жұмабекқызы Ермекова"),
            standing(2, "Данияр Қ."),
            standing(3, "Мария Ли"),
            NomineeStanding("n4", "Өмірбек Т.", "below_quorum", 1, 5, Decimal("7.00"), part=2),
            NomineeStanding("n5", "Үміт С.", "unjudged", 0, 5),
        ),
        comparability="COMPARABLE",
        ties=(
            TieStep("count_back", ("n1", "n2", "n3"), (("n1",), ("n2", "n3"))),
            TieStep(
                "open_vote",
                ("n2", "n3"),
                (("n2",), ("n3",)),
                votes=(OpenVote("m1", "n2"), OpenVote("m2", "n2"), OpenVote("m3", None)),
            ),
            TieStep(
                "chair_with_reason",
                ("n2", "n3"),
                (("n2",), ("n3",)),
                decided_by="m1",
                reason="Ауылдағы тұрақты жұмыс.",
            ),
        ),
        stability=Stability(
            (
                ResultWithoutOne(gone=("n2",), new=("n3",), in_doubt=("n1",)),
                ResultWithoutOne(is_comparable=False),
            ),
            Confirmation(in_favour=2, against=1, abstained=0),
        ),
        laureates=(
            LaureateOfRecord(
                nominee="n1",
                name="Айдана Жұмабекқызы Ермекова",
                place=1,
                citation=Citation(
                    kk="Қарттар үйіндегі үш жылдық еңбегі үшін.",
                    ru="За три года работы в доме престарелых.",
                    en="For three years of work in a home for the elderly.",
                ),
                prize_tenge=1_500_000,
            ),
            LaureateOfRecord("n2", "Данияр Қ.", 2, Citation(ru="За помощь при паводке."), 500_000),
        ),
    )


def record() -> MinutesRecord:
    """A regional jury with two nominations, one of them without an award."""
    return MinutesRecord(
        number="KZ-62/3",
        award=Texts("Үздік ерікті – 2026", "Лучший волонтёр – 2026", "Best volunteer – 2026"),
        cycle="2026",
        panel="KZ-62",
        place=Texts("Жезқазған қаласы", "город Жезказган", "Jezkazgan"),
        opened_at=CLOSED_AT - timedelta(hours=3, minutes=15),
        closed_at=CLOSED_AT,
        members=MEMBERS,
        quorum=Quorum(present=3, unconflicted=3, needed=2),
        policy=PolicyInForce(4, "ab" * 32, "calibrated"),
        nominations=(
            volunteer_nomination(),
            NominationOfRecord("team", TEAM, (), "COMPARABLE", no_award="Үміткерлер болған жоқ."),
        ),
        plan=AssignmentPlan("cd" * 32, "2026-KZ-62"),
        conflicts=(ConflictCount("organisation", 2, 7), ConflictCount("kinship", 1, 0)),
        recusals=3,
        appeal=AppealTerm(10, date(2026, 11, 30)),
        checkpoint=LogCheckpoint("birge.kz/awards/2026", 12_345, "ef" * 32),
    )


def signatures() -> tuple[Signature, ...]:
    """Two of the three who were present."""
    return tuple(
        Signature(one.id, one.name, CLOSED_AT + timedelta(minutes=5 * number))
        for number, one in enumerate(MEMBERS[:2], 1)
    )
