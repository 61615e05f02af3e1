"""The independent recount: plain Python over the log, sharing no code with who counts."""

from birge_stack.oracle.recount import TABLES, Recount

__all__ = ["TABLES", "Recount"]
