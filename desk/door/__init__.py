"""
The door for gateways that call us: a small process of its own, without models and pages.

================  =====================================================================
``wire``          bytes of one connection → requests, strictly
``fair``          who waits, and who is refused when too many do
``writer``        many callbacks, one statement, one commit; then the answers
``server``        connections: who may stay, for how long
================  =====================================================================

A callback is answered with yes only after it lies in the register. Nothing here asks, decides
or retries: see ``scheduler.callbacks``, whose steps these are.
"""
