"""Keeps the garbage collector away from counting, whose objects die without cycles."""

import gc

_NEW_OBJECTS = 200_000


def collect_rarely() -> None:
    """Leave what was loaded at the start alone, and look at the rest once in many batches.

    A batch makes hundreds of thousands of small objects at once; at Python's own thresholds
    the collector walked over all of them again and again, a quarter of the worker's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
