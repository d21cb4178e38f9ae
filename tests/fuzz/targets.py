"""Command: bytes that lead the code where no test has led it, made by a fuzzer that watches which lines are run.

``make fuzz`` gives each target a minute; ``make fuzz ARGS="page -max_total_time=3600"`` an hour to one. What follows
the name goes to libFuzzer. Inputs that led somewhere new are kept in
``build/fuzz/<target>``, where the next run begins.
An input that breaks a proof is written to ``build/fuzz/crash-…``: mend the code and make the input a named case of
``tests/hostile/*.yml``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "fuzz"
TARGETS = {"convert": "converted", "front-matter": "front_matter_read", "page": "page_shown"}
"""Name of each target and of its proof in tests/hostile/proofs.py."""
_LONGEST = 6_000


def seeds(target: str) -> list[bytes]:
    """Inputs to begin with: pieces of the project's own texts and pages."""
    from tests.hostile.mutate import slices

    if target == "convert":
        return slices([path.read_bytes() for path in sorted((ROOT / "sources").glob("*.txt"))])
    pages = [path.read_bytes() for path in sorted((ROOT / "docs").rglob("*.md"))]
    if target == "page":
        return pages
    return [page.split(b"---\n")[1] for page in pages]


def proof(target: str) -> Callable[[bytes], bool]:
    """What must hold for any bytes."""
    from tests.hostile import proofs

    return getattr(proofs, TARGETS[target])  # type: ignore[no-any-return]


def main(arguments: list[str]) -> None:
    """Fuzz one target until libFuzzer ends the process."""
    import atheris

    target, *options = arguments
    with atheris.instrument_imports(include=["bitext"]):
        check = proof(target)
    corpus = FOLDER / target
    corpus.mkdir(parents=True, exist_ok=True)
    _keep(corpus, seeds(target))
    where = f"-artifact_prefix={FOLDER}/crash-{target}-"
    atheris.Setup([sys.argv[0], f"-max_len={_LONGEST}", "-timeout=20", where, *options, str(corpus)], check)
    atheris.Fuzz()


def _keep(corpus: Path, inputs: Iterable[bytes]) -> None:
    for number, data in enumerate(inputs):
        (corpus / f"seed-{number}").write_bytes(data[:_LONGEST])


if __name__ == "__main__":
    main(sys.argv[1:])
