"""
Money: what is asked, what a gateway says, what a bank proves, and how the three are matched.

``vietqr``, ``memos`` and ``readers`` are pure Python. The rest stands on PostgreSQL: charges,
attempts, statements, matching in set SQL, discrepancies with an owner, and the daily close.
Amounts are integer đồng; a line of a statement is in minor units of its own currency.
"""
