"""The files of an edition: all that it says, in forms that people and programs take away."""
