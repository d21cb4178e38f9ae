"""What git knows of the pages and texts of a project: which files it has, and what the pages said before.

However many pages there are, git is started a handful of times: files and log are asked for once, and all old texts
come out of one process. Where there is no git, or where the pages are not those of the repository, nothing is said; of
a history that is cut off (a shallow clone) only the files are believed.
"""

from __future__ import annotations

import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bitext import front_matter
from bitext.checks.history import git
from bitext.checks.pages import Copy
from bitext.model import LANGS, Lang
from bitext.page import blocks
from bitext.stale import Texts, Version, behind

SOURCES = "sources"
"""Folder of the texts as received, beside that of the pages."""
MOST = 60
"""Commits of a page that are looked at, the newest."""

Behind = Mapping[Lang, tuple[str, ...]]
"""Beads of each language that have not followed a change of the other."""


@dataclass(frozen=True, slots=True)
class Past:
    """What a repository says of its pages."""

    pages: frozenset[str] = frozenset()
    """Pages that it has, by path below their folder: ``zh/trade/a.md``."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Texts as received that it has: path below its top, by source id."""
    behind: Mapping[str, Behind] = field(default_factory=dict)
    """By path below the language's folder; pages of which nothing is behind are left out."""

    def source(self, source_id: str) -> str:
        """The text that a page was made of, parts of a roundup too; empty if the repository does not have it.

        >>> Past(sources={"a": "sources/a.txt"}).source("a#3")
        'sources/a.txt'
        """
        return self.sources.get(source_id.partition("#")[0], "")


def past(docs: Path) -> Past:
    """What git says of a folder of pages that stands at the top of its repository."""
    said = git(docs, "rev-parse", "--show-toplevel", "--is-shallow-repository") if docs.is_dir() else None
    top, shallow = said.split("\n")[:2] if said else ("", "")
    if not top or Path(top).resolve() != docs.resolve().parent:
        return Past()
    files = (git(Path(top), "ls-files", "-z", "--", docs.name, SOURCES) or "").split("\0")
    pages = frozenset(file.removeprefix(f"{docs.name}/") for file in files if file.startswith(f"{docs.name}/"))
    return Past(pages, _sources(files), {} if shallow != "false" else _behind(docs))


def _sources(files: Iterable[str]) -> dict[str, str]:
    """Source id and path of each text; what two files could mean is left out."""
    from bitext import doors  # a part build, for which git says what it said, does without

    found = [Path(file) for file in files if file.startswith(f"{SOURCES}/") and file.count("/") == 1]
    found = [path for path in found if doors.is_source(path)]
    counts = Counter(path.stem for path in found)
    return {path.stem: path.as_posix() for path in found if counts[path.stem] == 1}


# ------------------------------------------------------------------ what has changed
def behind_of(docs: Path, short: str) -> Behind:
    """Beads of one page that have not followed a change of the other language.

    :param short: path below the language's folder.
    """
    if (git(docs, "rev-parse", "--is-shallow-repository") or "").strip() != "false":
        return {}  # what was cut off may have been followed
    return _behind(docs, *(f"{lang}/{short}" for lang in LANGS)).get(short, {})


def _behind(docs: Path, *paths: str) -> dict[str, Behind]:
    found: dict[str, Behind] = {}
    asked = {short: commits[-MOST:] for short, commits in _commits(docs, paths or (".",)).items() if _unequal(commits)}
    with _Texts(docs) as texts:
        for short, commits in sorted(asked.items()):
            late = behind(tuple(_versions(docs, short, commits, texts)))
            if any(late.values()):
                found[short] = late
    return found


_Commit = tuple[str, frozenset[Lang]]
"""Id, empty for what is not committed yet, and the languages in which it changed a page."""


def _commits(docs: Path, paths: Sequence[str]) -> dict[str, list[_Commit]]:
    """Commits of each page, by path below the language's folder, oldest first."""
    log = git(docs, "log", "--format=%x01%H", "--name-only", "--relative", "--no-renames", "--", *paths) or ""
    changed = git(docs, "diff", "--name-only", "--relative", "HEAD", "--", *paths) or ""
    found: dict[str, list[_Commit]] = defaultdict(list)
    for entry in [*reversed(log.split("\x01")[1:]), f"\n{changed}"]:
        commit, *files = entry.split("\n")
        pages: dict[str, set[Lang]] = defaultdict(set)
        for lang, _, short in (file.partition("/") for file in files):
            if lang in LANGS and short.endswith(".md"):
                pages[short].add(lang)
        for short, langs in pages.items():
            found[short].append((commit, frozenset(langs)))
    return found


def _unequal(commits: Sequence[_Commit]) -> bool:
    """Whether one language may have changed without the other since both were there."""
    return len(commits) > 1 and any(len(langs) == 1 for _, langs in commits[1:])


def _versions(docs: Path, short: str, commits: Sequence[_Commit], texts: _Texts) -> Iterator[Version]:
    """What both languages said after each commit, and what they say now."""
    said: dict[Lang, Texts] = {}
    for commit, langs in commits:
        for lang in LANGS if not said else sorted(langs):
            path = docs / lang / short
            text = texts.at(commit, f"{lang}/{short}") if commit else _now(path)
            said[lang] = _beads(Copy(path, lang, short), text)
        yield dict(said)


def _now(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _beads(copy: Copy, text: str) -> Texts:
    split = front_matter.split(text)
    whole = replace(copy, blocks=tuple(blocks(split[1]))) if split else copy
    return {bead: " ".join(said for _, said in pieces) for bead, pieces in whole.beads().items()}


class _Texts:
    """Files as they were, from one process that is started when the first is asked for."""

    def __init__(self, docs: Path) -> None:
        self._docs = docs
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> _Texts:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.communicate()

    def at(self, commit: str, path: str) -> str:
        """A file below the folder of the pages after a commit; empty if it was not there."""
        if not self._process:
            command = ["git", "-C", str(self._docs), "cat-file", "--batch"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        asked, answers = self._process.stdin, self._process.stdout
        if not asked or not answers:
            return ""
        asked.write(f"{commit}:./{path}\n".encode())
        asked.flush()
        *_, size = answers.readline().split()
        if not size.isdigit():  # missing
            return ""
        return answers.read(int(size) + 1)[:-1].decode("utf-8", "replace")
