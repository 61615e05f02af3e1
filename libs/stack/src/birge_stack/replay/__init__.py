"""`birge replay`: the year 2022 through the public door, every answer held against the plan."""

from birge_stack.replay.command import replay

__all__ = ["replay"]
