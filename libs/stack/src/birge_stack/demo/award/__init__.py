"""A small award from its policy to its laureates, run over HTTP as people would."""
