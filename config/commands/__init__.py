"""The commands that put the house together and run its parts."""
