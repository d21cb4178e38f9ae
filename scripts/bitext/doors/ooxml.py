"""Elements of OOXML by their local names: its two editions (transitional, strict) differ in their namespaces only."""

from __future__ import annotations

from typing import Any


def local(element: Any) -> str:
    """Name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Any, name: str = "val") -> str | None:
    """An attribute by its local name."""
    return next((str(found) for key, found in element.attrib.items() if key.rpartition("}")[2] == name), None)


def flag(element: Any) -> bool:
    """Whether an element that is a switch is on; without a value it is."""
    return value(element) not in ("0", "false", "off")


def child(element: Any, *names: str) -> Any:
    """The element found by going down one name at a time, first child of each; ``None`` if there is none."""
    for name in names:
        element = next((found for found in element if local(found) == name), None) if element is not None else None
    return element
