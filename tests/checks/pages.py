"""A folder of pages for the tests of the checks."""

from bitext.anchors import load_fact_words
from bitext.checks.gate import gate
from bitext.checks.known import Known
from bitext.checks.words import load_words
from bitext.knowledge import DATA

FRONT = "title: T\ntopics: [trade]\nsource_id: s1\n"
WORDS = load_words(DATA / "comparison.yml", load_fact_words(DATA))
KNOWN = Known(frozenset({"security", "trade", "culture"}), frozenset({"railway"}), WORDS)


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
