"""Which articles are alike: those that share tags and terms which few others have.

An article is a vector of its features, each weighing as much as it is rare (inverse document frequency); two articles
are as alike as the cosine of their vectors. Of a feature that very many articles have, only those that stand near in
time are looked at, so that the work grows with the number of articles and not with its square.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NEAR = 48
"""Articles of one feature that are looked at for each article."""
FEATURES = 12
"""Features of an article that are looked at, the rarest."""
LEAST = 0.06
"""Likeness below which two articles have too little in common. Found by reading the pages of this repository: what is
below shares the name of a country or so."""


_SAME = 1e-8
"""Two that are alike to that degree may count as equals."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be known of an article."""

    path: str
    features: Mapping[str, float]
    """What it is about, each with a weight that is multiplied with that of its rareness."""
    apart: frozenset[str] = frozenset()
    """Paths that are not to be named: they are linked already."""


def related(items: Sequence[Item], most: int) -> dict[str, tuple[str, ...]]:
    """Paths of the articles that are most alike, by path, at most so many; the same for the same items.

    :param items: newest first.
    """
    weights = _weights(items)
    places: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        for feature in item.features:
            places[feature].append(number)
    vectors = [_vector(item, weights) for item in items]
    shares = {name: [vectors[number].get(name, 0.0) for number in numbers] for name, numbers in places.items()}
    return {
        item.path: tuple(items[other].path for other in _best(number, items, vectors[number], places, shares, most))
        for number, item in enumerate(items)
    }


def _weights(items: Sequence[Item]) -> dict[str, float]:
    """How much a feature tells: nothing if all articles have it."""
    counts: dict[str, int] = defaultdict(int)
    for item in items:
        for feature in item.features:
            counts[feature] += 1
    return {feature: math.log(len(items) / count) for feature, count in counts.items()}


def _vector(item: Item, weights: Mapping[str, float]) -> dict[str, float]:
    """The rarest features of an article with their weights, made to the length 1."""
    found = {feature: weight * weights[feature] for feature, weight in item.features.items()}
    kept = heapq.nlargest(FEATURES, found, key=lambda feature: (found[feature], feature))
    length = math.sqrt(sum(value * value for value in found.values())) or 1.0
    return {feature: found[feature] / length for feature in kept}


def _best(
    number: int,
    items: Sequence[Item],
    vector: Mapping[str, float],
    places: Mapping[str, Sequence[int]],
    shares: Mapping[str, Sequence[float]],
    most: int,
) -> list[int]:
    """Numbers of the articles most like one; of equals the one that is nearer in time.

    :param places: numbers of the articles that have a feature.
    :param shares: what it weighs in the vector of each of them.
    """
    scores: dict[int, float] = defaultdict(float)
    for feature, value in vector.items():
        near = _near(places[feature], number)
        for other, share in zip(places[feature][near], shares[feature][near], strict=True):
            scores[other] += value * share
    apart = items[number].apart
    fit = [one for one, score in scores.items() if score >= LEAST and one != number and items[one].path not in apart]
    if len(fit) > most:  # most others are far from being named
        bar = heapq.nlargest(most, map(scores.__getitem__, fit))[-1] - _SAME
        fit = [one for one in fit if scores[one] >= bar]
    return heapq.nsmallest(most, fit, key=lambda one: (-round(scores[one], 9), abs(one - number), one))


def _near(places: Sequence[int], number: int) -> slice:
    """Where those stand that are next to a number, half before and half after it where there are so many."""
    start = min(max(bisect_left(places, number) - NEAR // 2, 0), max(len(places) - NEAR, 0))
    return slice(start, start + NEAR)
