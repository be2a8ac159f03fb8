"""The parties of the other side; each is a WSGI application with its own SQLite file."""
