"""
The demo: a whole day at the Centre, on real parts.

``setting`` makes the stage (people, tokens, accounts, the operator's file), ``cast`` plays
departments, citizens, officials, clerks and the post, ``day`` is the story, ``summary`` tells
what came of it. The hub itself is not told that it is a demo.
"""
