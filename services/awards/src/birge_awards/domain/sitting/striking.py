"""A nominee who withdrew stands before no jury any more; a result to be signed is made anew."""

from dataclasses import replace

from birge_awards.domain.sitting.sitting import Phase, Sitting


def struck(sitting: Sitting, nominee: str) -> Sitting:
    """The sitting without the nominee; a concluded one stays as it was signed."""
    if sitting.phase == Phase.CONCLUDED:
        return sitting
    candidates = tuple(one for one in sitting.candidates if one.nominee != nominee)
    left = replace(sitting, candidates=candidates)
    if sitting.phase == Phase.SIGNING:
        return replace(left, phase=Phase.DELIBERATING, awards=(), minutes=None, signatures={})
    return left
