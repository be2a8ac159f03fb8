"""
The other side: everything the hub talks to, played by one small program.

A payment platform, a bank, a post office and a certification authority answer over real HTTP
and SOAP and misbehave on request. ``demo``, training and tests use it. It imports nothing
of the hub: what it knows of the hub is what a supplier would know, the wire.

Names, numbers, codes, keys and seals in here are made up; the seals say so.
"""
