"""A folder of pages for the tests of the checks."""

from dataclasses import replace

from bitext.checks import known
from bitext.checks.gate import gate

FRONT = "title: T\ntopics: [trade]\nsource_id: s1\n"
ALL = known.load()
WORDS = ALL.words
KNOWN = replace(ALL, topics=frozenset({"security", "trade", "culture"}), tags=frozenset({"railway"}))


def page(body="One.\n{ #p1 }\n", front=FRONT):
    return f"---\n{front.strip()}\n---\n\n{body}"


def findings(root, files):
    """Findings of a docs folder that holds these files."""
    for name, text in files.items():
        path = root / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return gate(root / "docs", KNOWN)


def check(root, files):
    """First lines of the findings, paths as seen from the root."""
    return [str(finding).split("\n")[0].replace(f"{root}/", "") for finding in findings(root, files)]
