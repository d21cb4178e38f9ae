"""The proof that nothing is lost and nothing stands twice."""

from collections import defaultdict

from bitext.ledger import IN_TITLE, Placed, ledger


def solid(texts):
    return {number: "".join(text.split()) for number, text in texts.items() if text.strip()}


def assert_whole(source, made):
    """Every character of the source has one place, and each page shows what was placed on it and nothing else."""
    entries = ledger(source, made.placed, made.removals)
    of_line = defaultdict(list)
    for entry in entries:
        of_line[entry.line].append(entry)
    for number, line in enumerate(source.source.lines, start=1):
        own = of_line[number]
        assert [entry.start for entry in own] == [0, *[entry.end for entry in own]][: len(own)]
        assert (own[-1].end if own else 0) == len(line)
    gone = {(lost.line, at) for lost in entries if not isinstance(lost, Placed) for at in range(lost.start, lost.end)}
    for one in made.pages:
        expected = defaultdict(str)
        copies = (one for one in made.placed if one.copy)
        for entry in sorted([*entries, *copies], key=lambda entry: (entry.line, entry.start)):
            if isinstance(entry, Placed) and (entry.lang, entry.source_id) == (one.lang, one.front_matter.source_id):
                line = enumerate(source.source.lines[entry.line - 1][: entry.end])
                expected[entry.part] += "".join(
                    sign for at, sign in line if at >= entry.start and (entry.line, at) not in gone
                )
        shown = {number: part.text for number, part in enumerate(one.parts)}
        if IN_TITLE in expected:
            shown[IN_TITLE] = one.front_matter.title
        assert solid(expected) == solid(shown)
