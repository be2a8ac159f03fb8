"""
The evidence record of one thing, put together from the rounds that cover it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dossiers.signing_status import RoundKind
from signing.evidence import rounds
from signing.evidence.proofs import target
from signing.evidence.records import Chain, Record, Stamp
from signing.evidence.rounds import ALGORITHM, STRONGER, Ask, Leaf
from signing.evidence.shelves import Shelf
from signing.evidence.trees import Tree, hasher
from signing.models import ArchiveRound


class Finder:
    """The rounds as they are now; each shelf and tree is read once."""

    def __init__(self) -> None:
        """Read the rounds, not yet their shelves."""
        self._rounds = {one.pk: one for one in ArchiveRound.objects.order_by("pk")}
        self._shelves: dict[str, Shelf] = {}
        self._trees: dict[int, Tree] = {}

    def record(self, leaf: Leaf) -> Record | None:
        """Return the record of *leaf* by the oldest round that has it, None if there is none."""
        for one in self._rounds.values():
            if one.kind == RoundKind.FIRST and self._leaves(one).place(leaf.digest) is not None:
                return self._follow(one, leaf)
        return None

    def everything(self) -> Iterator[bytes]:
        """Yield what a stronger tree is over (RFC 4998 §5.2), for all that was ever covered."""
        for one in self._rounds.values():
            if one.kind == RoundKind.FIRST:
                spares = self._shelf(one.spare, hasher(STRONGER)(b""))
                yield from self._targets(one, spares)

    def last(self) -> list[ArchiveRound]:
        """Return the rounds that nobody covers."""
        return [one for one in self._rounds.values() if one.covered_by_id is None]

    def _targets(self, first: ArchiveRound, spares: Sequence[bytes]) -> Iterator[bytes]:
        leaves, tree = self._leaves(first), self._tree(first)
        common = self._follow(first, Leaf(leaves[0], spares[0])).chains
        later, token = common[0].stamps[1:], bytes(first.token)
        for place, digest in enumerate(leaves):
            if len(common) > 1:
                before = self._follow(first, Leaf(digest, spares[place])).sequence()
            else:
                # By far the most: only the first stamp's way up differs from leaf to leaf.
                mine = Stamp(token, tree.reduced(place))
                before = Record((Chain(ALGORITHM, (mine, *later)),)).sequence()
            yield target(spares[place], before, STRONGER)

    def _follow(self, first: ArchiveRound, leaf: Leaf) -> Record:
        """Go from the *first* round to the last that covers it."""
        chains: list[Chain] = []
        stamps: list[Stamp] = []
        digest, algorithm = leaf.digest, ALGORITHM
        one: ArchiveRound | None = first
        while one:
            if one.kind == RoundKind.TREE:
                chains.append(Chain(algorithm, tuple(stamps)))
                digest = target(leaf.spare, Record(tuple(chains)).sequence(), one.algorithm)
                stamps, algorithm = [], one.algorithm
            stamps.append(self._stamp(one, digest))
            digest = hasher(algorithm)(stamps[-1].token)
            one = self._rounds.get(one.covered_by_id or 0)
        return Record((*chains, Chain(algorithm, tuple(stamps))))

    def _stamp(self, one: ArchiveRound, digest: bytes) -> Stamp:
        place = self._leaves(one).place(digest)
        if place is None:
            raise LookupError(one.pk)  # a round is said to cover what it does not
        return Stamp(bytes(one.token), self._tree(one).reduced(place))

    def _tree(self, one: ArchiveRound) -> Tree:
        if one.pk not in self._trees:
            self._trees[one.pk] = Tree(self._leaves(one), one.algorithm)
        return self._trees[one.pk]

    def _leaves(self, one: ArchiveRound) -> Shelf:
        return self._shelf(one.leaves, hasher(one.algorithm)(b""))

    def _shelf(self, stored: str, like: bytes) -> Shelf:
        if stored not in self._shelves:
            self._shelves[stored] = Shelf.stored(stored, len(like))
        return self._shelves[stored]


def strengthen(ask: Ask) -> ArchiveRound:
    """
    Cover everything again with a stronger digest, by one stamp (RFC 4998 §5.2).

    From digests that were stored when each thing was first covered: nothing is read again.
    """
    finder = Finder()
    made = rounds.stamped(RoundKind.TREE, STRONGER, finder.everything(), ask)
    return rounds.keep(made, finder.last())
