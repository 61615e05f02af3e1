"""Keeps the garbage collector away from work whose objects die by themselves."""

import gc

_NEW_OBJECTS = 200_000


def collect_rarely() -> None:
    """Leave what was loaded at the start alone, and look at the rest once in many batches.

    A batch of events makes hundreds of thousands of small objects at once, and no cycles; at
    Python's own thresholds the collector walks over all of them again and again, which took a
    quarter of the counting's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
