"""What a refusal means, in words that can be translated, by its code."""

from collections.abc import Mapping
from types import MappingProxyType

from birge_common.web.pages.catalogues import N_

OTHERWISE = N_("This cannot be done now. Open the page anew and look at what has changed.")
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "already_submitted": N_("You have submitted this sheet; it stands."),
        "another_award": N_("These stand in different cycles or nominations."),
        "another_reason": N_("The waiver to sign gives another reason; read it anew."),
        "approved": N_("Somebody else has approved it already; only they move the moment."),
        "appeals": N_("An appeal is open, or may still come. The cycle closes after its term."),
        "barred_already": N_("This juror does not judge this nominee already."),
        "being_read": N_("A jury is reading it; its text stays as it is."),
        "conflict": N_("There is a conflict of interest: you do not judge this nominee."),
        "countries": N_("The commission needs members from at least three countries."),
        "cycle_exists": N_("There is a cycle of this name already."),
        "cycle_id": N_("Name the cycle by letters, digits and hyphens, such as 2027."),
        "deadline": N_("The end of scoring lies in the past; choose a later day."),
        "declared": N_("You have declared; a conflict seen later is a recusal."),
        "dismissed": N_("Who was dismissed does not come back to this jury."),
        "embargo": N_("The moment of publication lies in the past; choose a later one."),
        "not_yet": N_("The approved moment of publication has not come; it happens by itself."),
        "erased": N_("This person was erased; nothing more is kept of them."),
        "file_too_large": N_("Give a file of at most 10 MB."),
        "file_type": N_("Give a whole PDF, JPEG or PNG file, named as what it is."),
        "too_many_files": N_("Take one away first: five files are the most."),
        "no_file": N_("There is no such file."),
        "no_file_chosen": N_("Choose a file first."),
        "form_expired": N_("Begin again: what was typed is kept for one day."),
        "form_quota": N_("So many nominations were sent already; the office looks at them first."),
        "four_eyes": N_("You gave the first word here; the second has to be another person's."),
        "jury_has_begun": N_("The jury's list is frozen; it can only be left."),
        "no_birth_year": N_("The year of birth is missing: a minor needs a guardian's consent."),
        "no_blind_text": N_("Somebody has no blind text yet; write it first."),
        "no_candidates": N_("Nobody stands here. Sign with the reason that there is no award."),
        "no_chair": N_("Name the one member who chairs."),
        "no_citation": N_(
            "Say of every laureate why the award is given; the commission says it in all three "
            "languages."
        ),
        "no_commission": N_("Form the commission first."),
        "no_guardian": N_("A guardian must confirm the consent: the nominee may be under 18."),
        "no_marks": N_("Mark at least one criterion."),
        "no_members": N_("Name the members first."),
        "no_policy": N_("Write the policy first."),
        "no_processing_consent": N_("The nominee has not agreed to be considered."),
        "no_quorum": N_("Too few members without a conflict have taken part so far."),
        "no_reason": N_("Give the reason in words."),
        "no_seed": N_("Draw with a seed that was agreed on."),
        "no_such_tie": N_("These do not tie any more, or their tie waits for another step."),
        "no_text": N_("Write what was done, without names."),
        "nobody": N_("No nominee has enough scores. Resume scoring, or sign why nobody wins."),
        "nobody_asked": N_("Say who asked for it; it is kept sealed."),
        "not_a_member": N_("You are no member of this jury."),
        "not_answered": N_("A criterion has no mark yet."),
        "not_approved": N_("A second person approves the publication first."),
        "has_read": N_("Who was given one of them to read is no extra judge."),
        "not_assigned": N_("This nominee was not given to you."),
        "not_comparable": N_(
            "Some nominees share no jurors, so there is no common order. Resume scoring and have "
            "each read by more."
        ),
        "not_declared": N_("Somebody has not declared conflicts yet."),
        "not_shown_to_be_active": N_(
            "Neither verified hours nor two confirming organisations show that the nominee is "
            "active."
        ),
        "nominations_open": N_("Nominations may come until their last day; then it can be opened."),
        "no_due": N_("Name a stage that has a last day and is not over."),
        "not_later": N_("The new day has to come after the present one, and after today."),
        "due": N_("The next stage ends earlier than that; extend that one first."),
        "not_standing": N_("The other nomination does not stand any more."),
        "not_the_chair": N_("The chair decides, or another member where the chair has a conflict."),
        "other_minutes": N_("These are not the minutes to sign; read them anew."),
        "outside_scale": N_("A mark is outside of the scale."),
        "policy": N_("The policy is not complete; the page of the policy says what is missing."),
        "region_is_open": N_("This region has decided nothing yet."),
        "region_is_over": N_("This region has decided; it has to be reopened with a reason first."),
        "regions_owe": N_("Some regions have neither laureates nor a waiver signed by two people."),
        "required": N_("A criterion that must be marked is left out."),
        "same_nomination": N_("A nomination is not merged into itself."),
        "scoring_is_open": N_("The order is shown once scoring is closed."),
        "second_chair": N_("There is a chair already."),
        "self_nomination": N_("Somebody else must nominate: nominator and nominee are the same."),
        "sheets_missing": N_("Sheets are missing, and there is time for them yet."),
        "signed": N_("You have signed."),
        "tie": N_("A tie waits for people; the chain of the policy says for whom."),
        "too_few_jurors": N_("There are too few jurors without a conflict; appoint more."),
        "too_quick": N_("That was very quick. Read it once more, then send it."),
        "too_late": N_("The term is over."),
        "twice_a_member": N_("This person is a member already."),
        "voted": N_("You have voted, and all have seen it."),
    }
)


def refusal_text(code: str) -> str:
    """The text of a code, in English, to be translated."""
    return REFUSALS.get(code, OTHERWISE)
