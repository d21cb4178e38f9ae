"""Which beads of one language have not followed a change of the other: what the versions of a page say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bitext.model import Lang

Texts = Mapping[str, str]
"""Text of each bead of a page."""
Version = Mapping[Lang, Texts]
"""Both languages of a page at one time."""

_SIGNS = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")


def behind(versions: Sequence[Version]) -> dict[Lang, tuple[str, ...]]:
    """Beads of each language that wait for a change, in the order of the page.

    The two texts of a bead agree when both come into being, when both are changed at once, and when the one that was
    behind is changed. If one alone is changed the other is behind, until it follows or the change is taken back.
    Signs and blanks count for nothing, except within numbers.

    :param versions: oldest first, the present one last.

    >>> old, new = {"p1": "One."}, {"p1": "Two."}
    >>> behind([{"zh": old, "en": old}, {"zh": new, "en": old}])["en"]
    ('p1',)
    """
    found: dict[Lang, list[str]] = {"zh": [], "en": []}
    last = versions[-1] if versions else {}
    for bead in last.get("zh", {}):
        side = _behind([_pair(version, bead) for version in versions])
        if side is not None:
            found[side].append(bead)
    return {side: tuple(beads) for side, beads in found.items()}


_Pair = tuple[str | None, str | None]
"""Chinese and English text of a bead at one time, as compared; ``None`` where it is not there."""


def _pair(version: Version, bead: str) -> _Pair:
    zh, en = (version.get(lang, {}).get(bead) for lang in ("zh", "en"))
    return _plain(zh), _plain(en)


def _plain(text: str | None) -> str | None:
    return None if text is None else _SIGNS.sub("", text)


def _behind(pairs: Sequence[_Pair]) -> Lang | None:
    """The language that is behind after all versions of one bead."""
    agreed: _Pair = (None, None)
    before, waits = agreed, -1
    for pair in pairs:
        if None in pair or None in before:  # a bead that has come into being, or has gone
            agreed, waits = pair, -1
        elif pair == agreed:
            waits = -1
        else:
            changed = [at for at in (0, 1) if pair[at] != before[at]]
            if len(changed) == 2 or changed == [waits]:
                agreed, waits = pair, -1
            elif changed:
                waits = 1 - changed[0]
        before = pair
    return None if waits < 0 else ("zh", "en")[waits]
