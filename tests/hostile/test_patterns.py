"""No pattern of the data or the code takes long on a line made to be slow: time would double with every sign."""

import importlib
import pkgutil
import re
import signal
import time
from dataclasses import fields, is_dataclass

import pytest

import bitext
from bitext import knowledge

UNITS = (
    "> ", ">", ">>", " ", "/", "1/", "a/", "\u00b7", "1\u00b7", "|", "1|", " |", "a ", "\u4e2d ", "\u4e2d", "a",
    "A", "1", "1 ", ".", ". ", "1.", "a.", "-", "- ", ",", "1,", "\u3001", "\u4e2d\u3001", "a:", "\uff1a", "(",
    "()", '"', "\u201c", "Aa ", "1\u5e74", "[", "](", "<", "&", "a@", "=", "_", "*", " - ", "\u2014", "\u2026",
    "\u2192", "1-1", "\uff0c", "\u3002", "\t",
)  # fmt: skip
TAILS = ("", "!", "\u3002x", "<")
LENGTH = 80
"""Characters: rules are for short lines, and an exponential one needs no more than forty."""
SECONDS = 0.3
"""For one line; the slowest took 0.01."""


def patterns():
    """Every compiled pattern of data and code, by its text."""
    found = dict(_inside(knowledge.load(), "data"))
    for module in pkgutil.walk_packages(bitext.__path__, "bitext."):
        found |= dict(_inside(list(vars(importlib.import_module(module.name)).items()), module.name))
    return found


def _inside(value, place):
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value.pattern, (place, value)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _inside(getattr(value, field.name), f"{place}.{getattr(value, 'name', field.name)}")
    elif isinstance(value, (tuple, list, frozenset)):
        for one in value:
            yield from _inside(one, place)
    elif isinstance(value, dict) and len(value) < 1000:
        yield from _inside(list(value.values()), place)


def _late(*_):
    raise TimeoutError


@pytest.fixture
def in_time():
    before = signal.signal(signal.SIGALRM, _late)
    yield lambda: signal.setitimer(signal.ITIMER_REAL, SECONDS)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_no_line_takes_long(in_time, capsys):
    slow, every = [], patterns()
    start = time.process_time()
    for place, pattern in every.values():
        for line in (unit * (LENGTH // len(unit)) + tail for unit in UNITS for tail in TAILS):
            in_time()
            try:
                pattern.fullmatch(line)
                pattern.search(f"a{line}")
            except TimeoutError:
                slow.append(f"{place}: {pattern.pattern[:60]} on {line[:20]!r}")
                break
    with capsys.disabled():
        print(f"\npatterns: {len(every)}, each on {len(UNITS) * len(TAILS)} lines, {time.process_time() - start:.1f} s")
    assert len(every) > 150
    assert slow == []


def test_the_test_sees_a_slow_one(in_time):
    in_time()
    with pytest.raises(TimeoutError):
        re.fullmatch(r"(a+)+b", "a" * 40)
