"""The same promises kept twice: in memory for tests of the domain, in MongoDB for everything."""
