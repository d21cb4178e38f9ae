"""The fuzzer's targets hold for what they begin with, and can fail."""

import pytest
from tests.fuzz import targets

from bitext import doors, front_matter, markup


@pytest.mark.parametrize("target", targets.TARGETS)
def test_a_target_holds_for_its_seeds(target):
    check, inputs = targets.proof(target), targets.seeds(target)
    assert len(inputs) >= 20
    assert sum(map(check, inputs[::4])) > 0


@pytest.mark.parametrize("target", targets.TARGETS)
@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"a: [", b"---\na: b\n---\n\n<script>", b"\0"])
def test_a_target_takes_any_bytes(target, data):
    assert targets.proof(target)(data) in (True, False)


@pytest.mark.parametrize(
    ("target", "module", "name"),
    [("convert", doors, "source_text"), ("front-matter", front_matter, "read"), ("page", markup, "renderer")],
)
def test_a_target_notices_what_breaks(target, module, name, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError

    check = targets.proof(target)
    from tests.hostile import proofs

    proofs._tools.cache_clear()
    monkeypatch.setattr(module, name, broken)
    with pytest.raises(RuntimeError):
        [check(data) for data in targets.seeds(target)[:3]]
    proofs._tools.cache_clear()
