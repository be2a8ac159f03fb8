"""
The rules of the house that no linter knows, kept by reading the source.

Each rule fails with the places that break it. An exception stands in a table with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from dossiers import status

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    *("config", "desk", "scheduler", "signing", "payments", "dispatch", "connectors"),
    *("register", "dossiers", "sandbox", "proving", "agent"),
)
LONGEST_FILE, LONGEST_FUNCTION = 400, 50

#: ``except Exception`` is allowed where the reason given here holds, and nowhere else.
MAY_CATCH_ALL: dict[str, str] = {
    "proving/baton.py": "how an actor's work ended is the director's to judge",
    "proving/engine.py": "any error is the job's outcome, as in scheduler/worker.py",
    "desk/door/writer.py": "a stranger's bytes must not shut the door for others",
    "signing/bench/oddities.py": "counts just what nobody declared",
    "signing/pdf/archival.py": "what cannot be judged makes no claim to be for an archive",
    "signing/pdf/examine.py": "an odd PDF raises anything, and then it is not fit to be signed",
    "signing/pdf/existing.py": "as in verify_process: what cannot be judged does not hold",
    "signing/pdf/preflight_process.py": "an odd file raises anything, and then it is broken",
    "signing/verification/verify_process.py": "a verdict survives anything that a file can do",
    "scheduler/worker.py": "whatever a job raises is its outcome, kept and told by the engine",
}

#: Who may ask the machine for the time or for chance, besides register/world.py: why.
MAY_ASK_THE_MACHINE: dict[str, str] = {
    "config/commands/demo.py": "chooses a day and a key for the demo, which keeps them in its plan",
    "config/environment.py": "makes the installation's secret before there is a world",
    "connectors/__init__.py": "a connector outside of the hub has no world; ours pass theirs",
    "connectors/websocket.py": "masks its frames, as RFC 6455 demands; nothing follows from it",
    "proving/chance.py": "the dice of a played day, seeded",
    "proving/torture/rig.py": "makes a key for the departments of one run",
    "signing/evidence/onefile.py": "runs alone, without the hub",
    "proving/torture/takeover.py": "compares with the clock of the real processes",
}

#: Who may read the environment or Django's settings, besides config/: why.
MAY_READ_SETTINGS: dict[str, str] = {
    "signing/devices/tokens.py": "hands on a few variables to a driver's process, and reads none",
    "signing/verification/verify.py": "the same, for the process that reads strangers' files",
    "scheduler/bench.py": "gives its environment to the processes that it measures",
}

Tree = ast.Module
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _read(*folders: str) -> dict[str, Tree]:
    return {
        str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8"))
        for folder in folders
        for file in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in file.parts
    }


OURS = _read(*ROOMS)
TESTS = _read("tests")


def _places(
    trees: dict[str, Tree], breaks: Callable[[ast.AST], bool], but: dict[str, str] | None = None
) -> list[str]:
    """Return path:line of every node that breaks a rule, outside of the files in *but*."""
    return [
        f"{path}:{getattr(node, 'lineno', 1)}"
        for path, tree in trees.items()
        if path not in (but or {})
        for node in ast.walk(tree)
        if breaks(node)
    ]


def _outside(room: str) -> dict[str, Tree]:
    return {path: tree for path, tree in OURS.items() if not path.startswith(f"{room}/")}


# -- reading ------------------------------------------------------------------------------


def test_every_public_thing_is_explained() -> None:
    """
    Every module, public class and public function of the hub has a docstring.
    """

    def is_mute(node: ast.AST) -> bool:
        if not isinstance(node, ast.Module | ast.ClassDef | Function):
            return False
        public = not getattr(node, "name", "").startswith("_")
        return public and ast.get_docstring(node) is None

    def visible(node: ast.AST) -> Iterator[ast.AST]:
        """What a reader of the module may call: not what stands inside a function or a _class."""
        yield node
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                yield child
            elif isinstance(child, ast.ClassDef) and not _needs_no_words(child):
                yield from visible(child)

    assert [] == [
        f"{path}:{getattr(node, 'lineno', 1)}"
        for path, tree in OURS.items()
        for node in visible(tree)
        if is_mute(node)
    ]


def _needs_no_words(node: ast.ClassDef) -> bool:
    """A private class, and Django's inner Meta."""
    return node.name.startswith("_") or node.name == "Meta"


def test_every_test_says_what_it_proves() -> None:
    """
    Every test has a docstring.
    """

    def is_mute(node: ast.AST) -> bool:
        if not isinstance(node, Function) or not node.name.startswith("test"):
            return False
        return ast.get_docstring(node) is None

    assert [] == _places(TESTS, is_mute)


def test_files_and_functions_are_short() -> None:
    """
    Beauty is lost in the tail: no file above 400 lines, no function above 50.
    """
    long_files = [path for path in OURS if (ROOT / path).read_text().count("\n") > LONGEST_FILE]

    def is_long(node: ast.AST) -> bool:
        return isinstance(node, Function) and _lines(node) > LONGEST_FUNCTION

    assert [] == long_files + _places(OURS, is_long)


def _lines(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_imports_stand_at_the_top() -> None:
    """
    What a module needs is seen in its first lines; no import hides in a function.
    """

    def hides_imports(node: ast.AST) -> bool:
        return isinstance(node, Function) and any(
            isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node)
        )

    assert [] == _places(OURS, hides_imports)


# -- behaviour ----------------------------------------------------------------------------


def test_errors_are_not_swallowed() -> None:
    """
    ``except Exception`` stands only where a verdict must survive anything.
    """

    def catches_all(node: ast.AST) -> bool:
        if not isinstance(node, ast.ExceptHandler):
            return False
        broad = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
        raises_again = isinstance(node.body[-1], ast.Raise)
        return broad and not raises_again

    assert [] == _places(OURS, catches_all, MAY_CATCH_ALL)


def test_one_clock_and_one_source_of_chance() -> None:
    """
    A whole day can be replayed from a seed, because only the world knows time and chance.
    """
    asking = re.compile(
        r"(datetime\.)?(datetime\.(now|utcnow|today)|date\.today)|timezone\.now|time\.time"
        r"|random\.\w+|secrets\.\w+|os\.urandom|(uuid\.)?uuid[14]"
    )

    def asks(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and bool(asking.fullmatch(ast.unparse(node.func)))

    but = {**MAY_ASK_THE_MACHINE, "register/world.py": "it is the world"}
    assert [] == _places(_outside("sandbox"), asks, but)


def test_settings_are_read_in_one_room() -> None:
    """
    Below config/ nothing depends on the machine's environment or on Django's settings.
    """
    words = ("os.environ", "os.getenv", "environ")

    def reads(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom):
            return node.module == "django.conf" or (
                node.module == "os" and any(name.name in words for name in node.names)
            )
        return isinstance(node, ast.Attribute) and ast.unparse(node) in words

    # The proving ground starts processes, and hands them an environment.
    aside = ("sandbox", "proving")
    ours = {path: tree for path, tree in _outside("config").items() if path[:7] not in aside}
    assert [] == _places(ours, reads, MAY_READ_SETTINGS)


# -- statuses -----------------------------------------------------------------------------

STATUSES = ("business", "money", "delivery", "synchronisation")
ALL_WORDS = {
    word.value
    for kind in (status.Business, status.Money, status.Delivery, status.Synchronisation)
    for word in kind
}
#: Words that mean nothing but a status; "new" or "short" may mean much else.
TELLING_WORDS = {word for word in ALL_WORDS if "_" in word}


def test_statuses_are_named_not_spelled() -> None:
    """
    Outside dossiers/ a status is a member of its enum, never a string.
    """
    ours = {path: tree for path, tree in _outside("dossiers").items() if path[:7] != "sandbox"}

    keys = {key for tree in ours.values() for key in _keys(tree)}

    assert [] == _places(ours, lambda node: id(node) not in keys and _spells_a_status(node))


def _keys(tree: Tree) -> set[int]:
    """Return which constants name a place in a dictionary: a counter may be called handed_over."""
    nodes = list(ast.walk(tree))
    told = {id(node.slice) for node in nodes if isinstance(node, ast.Subscript)}
    return told | {id(key) for node in nodes if isinstance(node, ast.Dict) for key in node.keys}


def _spells_a_status(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str(word)):
            return word in TELLING_WORDS
        case ast.Compare(left=left, comparators=[right]):
            return (_is_status(left) and _is_word(right)) or (_is_status(right) and _is_word(left))
        case ast.keyword(arg=str(name), value=value):
            return name.split("__")[0] in STATUSES and _is_word(value)
        case ast.Dict(keys=keys, values=values):
            return any(
                isinstance(key, ast.Constant) and key.value in STATUSES and _is_word(value)
                for key, value in zip(keys, values, strict=True)
            )
        case _:
            return False


def _is_status(node: ast.AST) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in STATUSES


def _is_word(node: ast.AST) -> bool:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(_is_word(element) for element in node.elts)
    return isinstance(node, ast.Constant) and node.value in ALL_WORDS


def test_templates_do_not_spell_statuses() -> None:
    """
    A template asks the row it is given; it compares no status with a word of its own.
    """
    spelled = re.compile(rf"\b({'|'.join(STATUSES)})\s*[=!]=\s*[\"']")

    assert [] == [
        str(file.relative_to(ROOT))
        for room in ROOMS
        for file in (ROOT / room).rglob("*.html")
        if spelled.search(file.read_text(encoding="utf-8"))
    ]


# -- what surrounds the source --------------------------------------------------------------


def test_no_library_takes_the_name_of_a_room() -> None:
    """
    The rooms are flat packages; an installed one of the same name would hide ours.
    """
    taken = packages_distributions()

    assert {} == {room: taken[room] for room in ROOMS if room in taken}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_name_no_host(lock: str) -> None:
    """
    Every library is pinned with its hashes, and comes from wherever this machine gets its own.
    """
    lines = (ROOT / lock).read_text().splitlines()
    strange = [line for line in lines if re.search(r"://|^-|^#| @ ", line)]
    unpinned = [line for line in lines if line[:1].isalpha() and "==" not in line]

    assert [] == strange + unpinned


def test_what_is_tested_is_what_is_shipped() -> None:
    """
    The tests run with the product's libraries in the product's versions.
    """

    def pins(lock: str) -> set[str]:
        lines = (ROOT / lock).read_text().splitlines()
        return {line.split()[0] for line in lines if "==" in line}

    assert set() == pins("requirements.lock") - pins("requirements-dev.lock")
