"""The JSON side of the awards: commands by their names, and what may be read."""
