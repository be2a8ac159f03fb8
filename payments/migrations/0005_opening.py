"""
Post what happened to money before there was a book.

By the statements that post it from now on, each of which takes what has no entry yet. What the
version before this one records while it still runs is posted by ``./motcua manage book --post``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import migrations

from payments import book

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def post(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Post all that has no entry, whoever's it is."""
    editor.execute("SELECT set_config('motcua.units', '*', true)")
    book.catch_up()


class Migration(migrations.Migration):
    """The opening of the book."""

    dependencies: ClassVar = [("hub_payments", "0004_book_walls")]

    operations: ClassVar = [migrations.RunPython(post, migrations.RunPython.noop)]
