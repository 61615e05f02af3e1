"""`birge demo`: everything started, the year 2022 counted, and its figures beside the printed."""

from birge_stack.demo.command import demo

__all__ = ["demo"]
