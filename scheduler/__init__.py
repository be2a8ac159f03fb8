"""
When things happen, and in which order.

``clock`` says when and nothing else; ``advance`` carries one dossier one step with one effect
and one fact; what the rooms below must know of each other, they learn here.
"""
