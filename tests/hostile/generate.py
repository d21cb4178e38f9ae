"""Texts that nobody wrote: words of both languages, signs of every kind and accidents of layout, line by line."""

import html
import random
import unicodedata

from tests.doors import office

_HAN = "澜湄合作水文站来源一二年月日问答图国会议贸易铁路口岸瀾發鐵𠮷㐀〇々"
_LATIN = ("Mekong", "river", "the", "of", "Mr.", "U.S.", "co-operation", "O'Neil", "3,000", "4.7", "naïve", "Ⅳ", "a")
_MARKS = ".,:;!?()[]{}<>\"'#*|/\\-_=+@&%$~^`。，、：；？！（）【】《》“”—…·"
_STARTS = (
    "# ", "## ", "- ", "* ", "+ ", "> ", "1. ", "2025. ", "(1) ", "一、", "IV. ", "    ", "\t", "===", "---", "```",
    "~~~", "| a | b |", ":   ", "[a]: b", "*[a]: b", "[^1]: ", "!!! note", "Q: ", "答：", "图为", "来源：", "Source: ",
    "By Li ", "2024-05-03 ", "5月3日 ", "<b>", "<!-- ", "&amp;", "{ #p1 }", "{{ x }}", "{% x %}", "<<<<<<< ",
    "![a](b) ", "[TOC]",
)  # fmt: skip
_PLANES = ((0xA1, 0x3100), (0x3200, 0xD800), (0xE000, 0x10000), (0x1F000, 0x1FB00), (0xE0100, 0xE0110))
_CODES = [code for first, last in _PLANES for code in range(first, last)]


def lines(dice: random.Random) -> list[str]:
    """One to forty lines of a text."""
    kinds = dice.choices((_chinese, _english, _mixed, _wild, _blank), k=3)
    return [dice.choice(kinds)(dice) for _ in range(dice.randint(1, 40))]


def shown(text: list[str]) -> list[str]:
    """The lines as containers can hold them and show them: characters of XML, runs of blanks as one, none empty."""
    kept = ("".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cn", "Cs")) for line in text)
    return [line for one in kept if (line := " ".join(one.split(" ")).strip()) and line.strip()]


def page(text: list[str]) -> bytes:
    """A saved page of paragraphs."""
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in text)
    return f"<!DOCTYPE html><meta charset=utf-8><title>x</title><body>{body}".encode()


def document(text: list[str]) -> bytes:
    """A document of a word processor."""
    return office.document("".join(map(office.paragraph, text)))


def _chinese(dice: random.Random) -> str:
    words = dice.choices((*_HAN, *_HAN, *"，、", dice.choice(_MARKS)), k=dice.choice((3, 12, 60, 200)))
    return _begun(dice, "".join(words) + dice.choice(("。", "", "！", "?")))


def _english(dice: random.Random) -> str:
    words = dice.choices((*_LATIN, dice.choice(_MARKS)), k=dice.choice((2, 8, 30, 80)))
    return _begun(dice, dice.choice((" ", " ", "  ")).join(words) + dice.choice((".", "", "!")))


def _mixed(dice: random.Random) -> str:
    return dice.choice((" / ", " ", "", "(", " | ")).join((_chinese(dice), _english(dice)))


def _wild(dice: random.Random) -> str:
    return "".join(map(chr, dice.choices(_CODES, k=dice.randint(1, 40))))


def _blank(dice: random.Random) -> str:
    return dice.choice(("", "", " ", "\u3000", "\t", "\u200b"))


def _begun(dice: random.Random, line: str) -> str:
    return dice.choice(_STARTS) + line if dice.random() < 0.25 else line
