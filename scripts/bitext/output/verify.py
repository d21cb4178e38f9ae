"""The last look at a built site before it takes the place of the old one."""

from __future__ import annotations

from pathlib import Path

from bitext.model import Finding
from bitext.output import links, policy
from bitext.output.document import read


def finish(site: Path, root: str = "") -> tuple[Finding, ...]:
    """Gives every page its policy; or says what is wrong with the site, which is then not to be shown.

    :param root: address at which it will be published.
    """
    documents = [read(path) for path in sorted(site.rglob("*.html"))]
    findings = tuple(links.check(site, documents, root))
    if not findings:
        policy.apply(site, documents)
    return findings
