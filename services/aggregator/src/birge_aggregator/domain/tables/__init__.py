"""The tables of "Volunteers in numbers": one module a table, each a function of the figures."""
