"""
Cuts: small changes of the running hub, for the time of a play; no file is touched.

:func:`code` swaps the byte code of one function for that of its source with a piece replaced,
so everybody who holds the function has the bug at once. :func:`value` swaps what a module or
class calls by a name, :func:`sql` a piece of a named statement of ``payments/sql``.
"""

from __future__ import annotations
import __future__

import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import CodeType, FunctionType
from typing import Any

from payments import queries

Cut = Callable[[], AbstractContextManager[None]]
"""Makes the change when it is entered and takes it back when it is left."""


class StaleError(LookupError):
    """The hub has changed: the place of this cut is not there any more, or not once."""


def code(target: str, old: str, new: str, *more: str) -> Cut:
    """
    Return the cut that replaces *old* by *new*, and so on in pairs, in the source of *target*.

    *target* is ``module:function`` or ``module:Class.method``. What *new* names must be known
    in that module. StaleError, when it is entered, if *old* does not stand there exactly once.
    """
    pairs = [old, new, *more]

    @contextmanager
    def cut() -> Iterator[None]:
        owner, name = _place(target)
        function = inspect.unwrap(getattr(owner, name))
        assert isinstance(function, FunctionType)
        source = textwrap.dedent(inspect.getsource(function))
        for piece, other in zip(pairs[::2], pairs[1::2], strict=True):
            source = _replaced(source, piece, other, target)
        before, function.__code__ = function.__code__, _compiled(source, function)
        try:
            yield
        finally:
            function.__code__ = before

    return cut


def value(target: str, make: Callable[[Any], Any]) -> Cut:
    """Return the cut that puts ``make(what is there)`` in the place of *target*."""

    @contextmanager
    def cut() -> Iterator[None]:
        owner, name = _place(target)
        before = inspect.getattr_static(owner, name)
        setattr(owner, name, make(before))
        try:
            yield
        finally:
            setattr(owner, name, before)

    return cut


def sql(statement: str, old: str, new: str) -> Cut:
    """Return the cut that replaces *old* by *new* in ``payments/sql/{statement}.sql``."""

    @contextmanager
    def cut() -> Iterator[None]:
        text = queries.text
        changed = _replaced(text(statement), old, new, statement)
        queries.text = lambda name: changed if name == statement else text(name)  # type: ignore[assignment]
        try:
            yield
        finally:
            queries.text = text

    return cut


def _place(target: str) -> tuple[Any, str]:
    """Return the module or class in which *target* stands, and its name there."""
    module, _, path = target.partition(":")
    owner: Any = importlib.import_module(module)
    *classes, name = path.split(".")
    for one in classes:
        owner = getattr(owner, one)
    if not hasattr(owner, name):
        raise StaleError(target)
    return owner, name


def _replaced(source: str, old: str, new: str, where: str) -> str:
    if source.count(old) != 1:
        message = f"{where}: {old!r} stands there {source.count(old)} times"
        raise StaleError(message)
    return source.replace(old, new)


def _compiled(source: str, function: FunctionType) -> CodeType:
    """Return the code of the one function that *source* defines."""
    flags = __future__.annotations.compiler_flag
    module = compile(source, function.__code__.co_filename, "exec", flags, dont_inherit=True)
    return next(
        one
        for one in module.co_consts
        if isinstance(one, CodeType) and one.co_name == function.__name__
    )
