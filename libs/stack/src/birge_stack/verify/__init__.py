"""`birge verify`: every figure of the API against an independent recount of the log."""

from birge_stack.verify.command import verify

__all__ = ["verify"]
