"""`python -m birge_stack` is the same as `birge`."""

from birge_stack.cli import main

main()
