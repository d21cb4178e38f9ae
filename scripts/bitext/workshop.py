"""One source → its pages, findings and figures: what every process that converts does, alone or among many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bitext import doors, knowledge, page, read, report
from bitext.checks import known, unfit
from bitext.checks.ids import Ids
from bitext.compose import compose
from bitext.lexicon import Lexicon
from bitext.model import Article, Finding
from bitext.pipeline import understand
from bitext.publish import Proposal

_UNFIT = "Split the text, or mend it; expected"


@dataclass(frozen=True, slots=True)
class Job:
    """A source to convert: all that it takes, so that the work can be done where the file is not."""

    path: str
    """As shown to people; its stem is the id of the source."""
    data: bytes
    encoding: str | None = None
    """That a person named, now or in an earlier run."""


@dataclass(frozen=True, slots=True)
class Made:
    """A source that went through the stages: its figures and its pages."""

    row: report.Row
    proposal: Proposal
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a source has no pages, in words with the next step."""

    message: str


class Workshop:
    """Converts sources; data files and the lexicon are read once, when the first source needs them."""

    @cached_property
    def knowledge(self) -> knowledge.Knowledge:
        """All that stands in ``data/``."""
        return knowledge.load()

    @cached_property
    def lexicon(self) -> Lexicon:
        """The bilingual word list of the aligner."""
        return Lexicon(self.knowledge.glossary, self.knowledge.english)

    @cached_property
    def ids(self) -> Ids:
        """Topics and tags that a page may have: what the checks of a single page know."""
        return known.ids(self.knowledge)

    @cached_property
    def checked(self) -> known.Known:
        """What all checks know; 35 ms that a run without merged pages does not need."""
        return known.known(self.knowledge)

    def article(self, job: Job) -> Article:
        """The article of a source.

        :raises bitext.read.SourceError: if it cannot be read.
        """
        path = Path(job.path)
        punctuation = self.knowledge.override(path.stem).punctuation
        source = doors.source_text(job.data, path, job.encoding, punctuation=punctuation)
        return understand(source, self.knowledge, self.lexicon)

    def make(self, job: Job) -> Made | Refusal:
        """Pages of one source, or why there are none."""
        try:
            article = self.article(job)
        except read.SourceError as error:
            return Refusal(str(error))
        try:
            made = compose(article, self.knowledge)
        except ValueError as error:
            return refusal(f"{job.path}: {error}", "Rename the file or name a title in data/overrides.yml.")
        for one in made.pages:
            if wrong := unfit.unbuildable(page.render(one), f"{one.lang}/{one.path}", self.ids):
                found = f"{job.path}: the site could not show its page: {wrong[0].found}"
                return refusal(found, f"{_UNFIT} {wrong[0].expected}.")
        findings = article.findings + made.findings
        source = article.source
        proposal = Proposal(source.id, source.sha256, job.encoding or "", made.pages)
        return Made(report.row(article, len(made.pages), made.removals, findings), proposal, findings)


def refusal(message: str, next_step: str) -> Refusal:
    """Why a source is left out, and what to do."""
    return Refusal(f"{message}\n    {next_step}")
