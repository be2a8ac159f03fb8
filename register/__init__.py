"""
The only writer of what happened.

Facts are appended, chained by hash and projected in one transaction; intents are committed
before an effect, callbacks are stored raw before they are believed, documents are kept by
their hash, and what needs a person stands on a list.
"""
