"""Bytes → SourceText: decode strictly, normalise a little, remember every change.

Encodings are never guessed (design decision: a detector was wrong on one slice of seven). A byte order mark names the
encoding; else the bytes must be UTF-8 without NUL; else the source is refused with the offset and a hint.

Changes, each recorded as a :class:`Change`: the byte order mark dropped, CR LF and CR to LF, characters that a saved
page names (``&nbsp;``) to themselves, no-break blanks to blanks, and ASCII punctuation between Han characters back to
its full-width form, which is how Chinese is printed. The last two keep the length of the line, so that offsets stay
those of the file.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from bitext.model import Change, SourceText, spelt
from bitext.script import CLOSERS, HAN, OPENERS, address, entity, has_address, link_target

MAX_BYTES = 16 * 1024 * 1024
"""Largest source that is read: a hundred times the largest real one; beyond it a file is not a text of this kind."""

MAX_LINES = 100_000
"""Lines of a source: a book of 500 pages has 20,000. Each takes up to half a millisecond and three kilobytes."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LIKELY = ("gb18030", "big5", "cp1252")
_FULL_WIDTH = {ord(a): b for a, b in zip(",:;!?()", "\uff0c\uff1a\uff1b\uff01\uff1f\uff08\uff09", strict=True)}
_BLANKS = re.compile("[\u00a0\u2007\u202f]")
_NAMED = re.compile(f"`[^`]*`|{entity.pattern}")
"""Code, which stays as it is, or a character by its name."""
_FOLDED = re.compile("[,:;!?()]")
# What may stand between a mark and the Han character that proves it: quotes, brackets, full-width marks, blanks no.
_TRANSPARENT = CLOSERS + OPENERS + "\uff0c\u3002\u3001\uff1a\uff1b\uff01\uff1f\u2014\u2026%\uff05+"
_HAN = re.compile(f"[{HAN}]")
_HAN_BEFORE = re.compile(f"[{HAN}][{re.escape(_TRANSPARENT)}]*$")
_HAN_AFTER = re.compile(f"[{re.escape(_TRANSPARENT)}]*[{HAN}]")
_HAN_THEN_NAME = re.compile(f"[{HAN}][^\\s{HAN}]*$")
_FIGURE = re.compile(r"(?:^|\s)[\d.,%]+$")
_LATIN_WORD_THEN_BLANK = re.compile(r"[A-Za-z] +$")
_REACH = 16  # characters looked at on either side of a mark
_LONGEST_BRACKET = 500
"""So much of what a bracket holds is looked at: many may open that nothing closes."""


class SourceError(ValueError):
    """A source that cannot be read: ``path``, ``reason``, ``next_step`` and, where known, ``line``."""

    def __init__(self, path: Path | str, reason: str, next_step: str, line: int = 0) -> None:
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{spelt(f'{place}: {reason}')}\n    {next_step}")
        self.path, self.reason, self.next_step, self.line = path, reason, next_step, line


def load(path: Path) -> bytes:
    """Bytes of a source file.

    :raises SourceError: if the file is absent, is not a file, cannot be read, is empty or is too large.
    """
    try:
        if path.is_dir():
            raise SourceError(path, "is a directory, expected a text file", "Name the files in it, or use --sources.")
        if not path.is_file():
            reason = "is not a regular file" if path.exists() else "no such file"
            raise SourceError(path, reason, "Check the name; sources are plain text files.")
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(path, f"larger than {MAX_BYTES} bytes", "Split it into several sources.")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror}", "Check the file and its permissions.") from None


def decode(data: bytes, path: Path | str, encoding: str | None = None) -> tuple[str, str, bool]:
    """Text of the bytes, the encoding used, and whether a byte order mark was dropped.

    :param encoding: a codec the editor named; without one a byte order mark decides, else UTF-8.
    :raises SourceError: for bytes that do not decode, hold NUL, or name an unknown encoding.
    """
    for mark, name in _MARKS:
        if encoding in (None, name) and data.startswith(mark):
            return _strict(data[len(mark) :], path, name), name, True
    return _strict(data, path, encoding or "utf-8"), encoding or "utf-8", False


def _strict(data: bytes, path: Path | str, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(path, f"byte {error.start} is not {encoding}", _hint(data, encoding), line) from None
    except UnicodeError:  # some codecs of Python do not say where
        raise SourceError(path, f"is not {encoding}", _hint(data, encoding)) from None
    except (LookupError, ValueError):  # ValueError: a name with NUL in it
        next_step = "Name one that Python knows, such as gb18030."
        raise SourceError(path, f"unknown encoding {encoding!r}", next_step) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError(path, "holds NUL, so it is not a text", "Export it as plain text in UTF-8.", line)
    return text


def _hint(data: bytes, encoding: str) -> str:
    for name in _LIKELY:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name != encoding and "\0" not in text:
            return f"If it is a text, it looks like {name}: rerun with --encoding {name}."
    return "It is not a text in a known encoding: export it as plain text in UTF-8."


def restore_punctuation(line: str) -> str:
    """The line with ASCII commas, colons, semicolons, marks and brackets of Chinese text in their full-width form.

    A mark is restored if the text before it is Han (quotes and brackets between do not count) and what follows is not a
    Latin word after a blank; a closing bracket goes with its opening one. Offsets do not change.

    >>> restore_punctuation("9月2日,中心(昆明)在3,000人中 (see p. 2) 宣布:好!")
    '9月2日，中心（昆明）在3,000人中 (see p. 2) 宣布：好！'
    """
    if not _FOLDED.search(line) or not _HAN.search(line):
        return line
    found = list(line)
    open_brackets: list[tuple[int, bool]] = []
    for match in _FOLDED.finditer(_without_addresses(line)):
        at, mark = match.start(), match.group()
        if mark == "(":
            open_brackets.append((at, _bracket_is_han(line, at)))
            if open_brackets[-1][1]:
                found[at] = _FULL_WIDTH[ord(mark)]
        elif mark == ")":
            opened = open_brackets.pop() if open_brackets else (at, _near_han(line, at))
            if opened[1]:
                found[at] = _FULL_WIDTH[ord(mark)]
        elif _near_han(line, at):
            found[at] = _FULL_WIDTH[ord(mark)]
    return "".join(found)


def _without_addresses(line: str) -> str:
    """The line with blanks for what links of Markdown, addresses and entities of HTML consist of."""
    for hidden, is_there in ((link_target, "](" in line), (address, has_address(line)), (entity, "&" in line)):
        line = hidden.sub(lambda match: " " * len(match.group()), line) if is_there else line
    return line


def _near_han(line: str, at: int) -> bool:
    """Whether the mark at an offset belongs to Chinese text."""
    before = line[max(0, at - _REACH) : at]
    after = line[at + 1 : at + 1 + _REACH]
    if _HAN_BEFORE.search(before):
        return not re.match(r" +[A-Za-z]", after)
    # A figure or a name inside a Chinese sentence goes before the mark: no blank parts it from the last Han character.
    return bool(_HAN_AFTER.match(after)) and bool(_HAN_THEN_NAME.search(before) or _FIGURE.search(before))


def _bracket_is_han(line: str, at: int) -> bool:
    end = min(len(line), at + _LONGEST_BRACKET)
    close = line.find(")", at, end)
    inside = line[at + 1 : close if close >= 0 else end]
    before = line[max(0, at - _REACH) : at]
    if _HAN.search(inside):  # a Chinese gloss in an English sentence is set like English
        return not _LATIN_WORD_THEN_BLANK.search(before)
    return bool(_HAN_BEFORE.search(before)) and not re.search("[A-Za-z]{2} [A-Za-z]{2}", inside)


def source_text(data: bytes, path: Path, encoding: str | None = None, *, punctuation: bool = True) -> SourceText:
    """The source, decoded and normalised.

    :param punctuation: restore full-width punctuation between Han characters.
    :raises SourceError: if the bytes cannot be decoded, or hold nothing but blanks.
    """
    text, used, marked = decode(data, path, encoding)
    changes = [Change("bom", 1, 0, "\ufeff", "")] if marked else []
    if "&" in text:
        text = "\n".join(_unnamed(line, number, changes) for number, line in enumerate(text.split("\n"), start=1))
    sha256 = hashlib.sha256(data).hexdigest()
    return normalised(SourceText(path.stem, path, text, (), used, sha256, tuple(changes)), punctuation=punctuation)


def _unnamed(line: str, number: int, changes: list[Change]) -> str:
    """The line with the characters that it names: a page was pasted with its entities. Code and tags stay."""
    found, at = "", 0
    for match in _NAMED.finditer(line) if "&" in line else ():
        character = _BLANKS.sub(" ", html.unescape(match.group()))
        if match.group()[0] == "&" and len(character) == 1 and _may_be_meant(character):
            found += line[at : match.start()]
            changes.append(Change("entity", number, len(found), match.group(), character))
            found, at = found + character, match.end()
    return found + line[at:]


def _may_be_meant(character: str) -> bool:
    """Whether a character can be shown and makes neither a tag nor code of what stands round it."""
    shown = character.isprintable() or unicodedata.category(character) == "Zs"
    return shown and character not in "<>`\ufffd"


def normalised(source: SourceText, *, punctuation: bool = True) -> SourceText:
    """A source with the lines of its text as the stages take them, and with the changes that this took.

    :param punctuation: restore full-width punctuation between Han characters.
    :raises SourceError: if it holds nothing but blanks, or too many lines.
    """
    if (count := source.text.count("\n") + 1) > MAX_LINES:
        raise SourceError(source.path, f"has {count} lines, more than {MAX_LINES}", "Split it into several sources.")
    changes = list(source.changes)
    lines = tuple(
        _line(line, number, changes, punctuation=punctuation)
        for number, line in enumerate(source.text.split("\n"), start=1)
    )
    if not any(line.strip() for line in lines):
        raise SourceError(source.path, "is empty", "Remove it, or put the text in.")
    return replace(source, text="\n".join(lines), lines=lines, changes=tuple(changes))


def _line(line: str, number: int, changes: list[Change], *, punctuation: bool) -> str:
    if line.endswith("\r"):
        line = line[:-1]
        changes.append(Change("crlf", number, len(line), "\r", ""))
    blanked = _BLANKS.sub(" ", line)
    restored = restore_punctuation(blanked) if punctuation else blanked
    for column, (before, after) in enumerate(zip(line, restored, strict=True)) if restored != line else ():
        if before != after:
            changes.append(Change("nbsp" if after == " " else "punctuation", number, column, before, after))
    return restored
