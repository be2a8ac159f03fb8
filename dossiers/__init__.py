"""
What a dossier is: facts, the transition table, the gate, money, time, units and codes.

Pure Python: no Django, no input or output, no clock and no randomness of its own.
Everything above this room agrees on the words that are defined here.
"""
