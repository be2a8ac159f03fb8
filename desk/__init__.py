"""
What people and machines touch: pages per role, the API, the door for callbacks, the public page.

A view calls one service and shows one page; it decides nothing. Every query starts in
``desk.scope``.
"""
