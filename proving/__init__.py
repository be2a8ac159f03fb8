"""
The proving ground: the hub under fire.

``simulate`` plays days that a seed invents, with every kind of fault, on one virtual clock;
``crashes`` tries every way to die on the way of one flow; ``planted`` breaks the hub on purpose
to see that somebody notices; ``torture`` kills real processes. Nothing in the hub imports this.
"""
