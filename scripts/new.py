#!/usr/bin/env python3
"""Command: a topic and two titles → an empty page in both languages, ready to be written.

Exit codes: 0 written · 2 cannot run (nothing was written).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(
        prog="new.py",
        description="Draft an empty page in both languages.",
        epilog="Exit codes: 0 written, 2 cannot run.",
    )
    found.add_argument("topic", metavar="TOPIC", help="folder of the page: an id of data/topics.yml")
    found.add_argument("zh", metavar="ZH", help="Chinese title")
    found.add_argument("en", metavar="EN", help="English title; the file is named after it")
    found.add_argument("--date", default="", help="2024, 2024-08 or 2024-08-09: only what is known")
    found.add_argument("--paragraphs", type=int, default=3, metavar="N", help="paragraphs to begin with (3)")
    found.add_argument("--docs", type=Path, metavar="DIR", help="folder of the pages (docs)")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; its exit code."""
    options = parser().parse_args(arguments)
    from bitext import knowledge, report
    from bitext.draft import Draft, write
    from bitext.state import StateError

    report.speak_utf8()
    draft = Draft(options.topic, options.zh, options.en, options.date, options.paragraphs)
    try:
        made = write(draft, options.docs or ROOT / "docs", knowledge.load().topic_ids)
    except (ValueError, StateError) as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(map(str, made)))
    return 0


if __name__ == "__main__":
    from bitext.packages import needed

    sys.exit(needed(main))
