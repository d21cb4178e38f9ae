"""What people know is loaded whole, and every mistake in it is told with its file and line, all at once."""

import ast
import re
import shutil
import tokenize
from collections import Counter
from pathlib import Path

import pytest
from tests.reading import KNOWLEDGE
from tests.table import Table

from bitext import knowledge, script
from bitext.datafile import DATA, DataError, DataFile
from bitext.knowledge import load
from bitext.model import LANGS

ROOT = Path(__file__).parents[1]
TABLE = Table("knowledge")


FILES = {
    "chrome.yml": "rules",
    "roles.yml": "rules",
    "topics.yml": "topics",
    "tags.yml": "tags",
    "glossary.yml": "terms",
    "english.yml": "stop_words",
    "overrides.yml": "overrides",
    "numerals.yml": "zh",
    "dates.yml": "months",
}
"""The files that are read, and the key of each under which its entries stand."""


@pytest.fixture
def data(tmp_path):
    """A copy of the project's data that a test may spoil."""
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    terms = (folder / "glossary.yml").read_text("utf-8").split("\n")
    (folder / "glossary.yml").write_text("\n".join(terms[:60]), "utf-8")  # all of them take long to load
    return folder


def told(folder):
    """Messages of the mistakes in a folder, each as `file:line: check: what was found, what was expected`."""
    with pytest.raises(DataError) as error:
        load(folder)
    return [str(f).split("\n")[0].removeprefix(f"{folder}/") for f in error.value.findings]


def test_the_data_of_the_project_loads_and_nothing_is_empty():
    for name in knowledge.Knowledge.__dataclass_fields__:
        assert getattr(KNOWLEDGE, name) or name == "overrides"
    assert KNOWLEDGE.topic_ids == ("security", "trade", "connectivity", "culture")


def test_cues_and_phrases_are_in_the_form_that_they_are_compared_in():
    groups = [group for topic in KNOWLEDGE.topics for group in topic.cues] + [tag.cues for tag in KNOWLEDGE.tags]
    for group in groups:
        assert all(script.han_count(word) or word.isascii() for word in group.zh)
        assert all(word == word.casefold() and not script.han_count(word) for word in group.en)
        assert group.weight > 0


def test_every_topic_and_tag_has_words_of_both_languages():
    for entry in (*KNOWLEDGE.topics, *KNOWLEDGE.tags):
        groups = entry.cues if isinstance(entry.cues, tuple) else (entry.cues,)
        assert any(group.zh for group in groups), entry.id
        assert any(group.en for group in groups), entry.id


def spoil(folder, case):
    """Line of the file that a mistake was put into."""
    path = folder / case["file"]
    text = path.read_text("utf-8")
    path.write_text(text.replace(case["out"], case["in"], 1), "utf-8")
    return text.count("\n", 0, text.index(case["out"])) + 1


@pytest.mark.parametrize("case", TABLE.cases("mistakes"))
def test_mistakes(data, case):
    changed = spoil(data, case)
    found = told(data)
    assert all(re.match(rf"{case['file']}:\d+: data: ", message) for message in found)
    assert [m for m in found if case["told"] in m and abs(int(m.split(":")[1]) - changed) <= 3], found


def test_a_stage_finds_the_rules_that_it_asks_for_by_name_and_one_of_a_name_is_enough(data):
    path, line = data / "roles.yml", "  - name: salutation\n"
    text = path.read_text("utf-8")
    assert text.count(line) > 1
    path.write_text(text.replace(line, "  - name: greeting\n", 1), "utf-8")
    assert load(data).roles
    path.write_text(text.replace(line, "  - name: greeting\n"), "utf-8")
    (found,) = told(data)
    assert "no rule 'salutation', expected one of this name" in found


@pytest.mark.parametrize("case", TABLE.cases("overrides"))
def test_mistakes_in_corrections_of_one_source(data, case):
    (data / "overrides.yml").write_text(f"overrides:\n  - {{{case['entry']}}}\n", "utf-8")
    found = told(data)
    assert len(found) == 1
    assert found[0].startswith(f"overrides.yml:{2 + case['entry'].count(chr(10))}: data: ")
    assert case["told"] in found[0]


def test_a_right_correction_loads(data):
    entry = (
        "source: a, reason: b, title_zh: c, date: 2024-08, from: d, topic: trade, punctuation: keep, split: never, "
        "roles: {3: caption}, source_url: 'https://example.org'"
    )
    (data / "overrides.yml").write_text(f"overrides:\n  - {{{entry}}}\n", "utf-8")
    found = load(data).override("a")
    assert (found.punctuation, found.split, found.roles) == (False, False, ((3, "caption"),))
    assert dict(found.facts) == {
        "title_zh": "c", "date": "2024-08", "source": "d", "topic": "trade", "source_url": "https://example.org",
    }  # fmt: skip
    assert load(data).override("another") == knowledge.Override()


def test_one_correction_may_be_that_of_several_sources(data):
    (data / "overrides.yml").write_text("overrides:\n  - {source: [a, b], reason: c, from: d}\n", "utf-8")
    assert [dict(load(data).override(name).facts) for name in "abc"] == [{"source": "d"}, {"source": "d"}, {}]


def test_all_mistakes_are_told_at_once(data):
    labels = {"an unknown key", "a fact that is none", "a weight that is none", "no words", "a month that is none"}
    for case in TABLE["mistakes"]:
        if case["label"] in labels:
            spoil(data, case)
    files = {message.split(":")[0] for message in told(data)}
    assert files == {"chrome.yml", "roles.yml", "topics.yml", "english.yml", "dates.yml"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read(data, name):
    (data / name).write_bytes(b"\xff\xfe\x00")
    assert len(told(data)) == 1
    assert told(data)[0].startswith(name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_there(data, name):
    (data / name).unlink()
    assert [message.split(":")[0] for message in told(data)] == [name]


@pytest.mark.parametrize("text", ["", "[]", "a", "KEY: a", "KEY: [a]", "KEY: [[a]]", "KEY: {a: b}", "{}", "KEY:"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_shape_is_told(data, name, text):
    (data / name).write_text(text.replace("KEY", FILES[name]), "utf-8")
    assert {message.split(":")[0] for message in told(data)} == {name}


def test_the_message_about_a_file_of_the_project_names_its_place_in_it():
    file = DataFile(DATA, "chrome.yml")
    file.wrong(3, "a", "b")
    assert str(file.findings[0]) == "data/chrome.yml:3: data: a, expected b\n    Correct the file."


# Knowledge is data: no Chinese character in the code that works with it.
CODE = sorted([*(ROOT / "scripts").rglob("*.py"), *(ROOT / "hooks").rglob("*.py")])
SCRIPT = {"HAN", "BARS"}  # names in script.py: which characters are Han, by the ends of their ranges; a Han bar


def docstrings(tree):
    """Lines of all docstrings."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            value = getattr(statement, "value", None)
            if isinstance(statement, ast.Expr) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield from range(value.lineno, value.end_lineno + 1)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in CODE])
def test_no_python_file_holds_a_chinese_character_outside_docstrings(path):
    tree = ast.parse(path.read_bytes())
    allowed = set(docstrings(tree))
    with path.open("rb") as file:
        tokens = [token for token in tokenize.tokenize(file.readline) if token.start[0] not in allowed]
    found = {
        f"{path.name}:{t.start[0]}: {t.string}"
        for t in tokens
        if script.han_count(t.string) and t.type != tokenize.ENCODING
    }
    assert found == set()


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def unescaped(text):
    """A string with the escapes of a raw one read, as a regular expression reads them."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)


def of_script(tree):
    """Lines on which the names of :data:`SCRIPT` get their values."""
    assigned = (node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name))
    return {node.value.lineno for node in assigned if node.targets[0].id in SCRIPT}


@pytest.mark.parametrize("path", [pytest.param(path, id=name_of(path)) for path in CODE])
def test_no_chinese_character_is_hidden_in_an_escape(path):
    tree = ast.parse(path.read_bytes())
    allowed = set(docstrings(tree))
    texts = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.lineno not in allowed
    ]
    found = {f"{path.name}:{node.lineno}" for node in texts if script.han_count(unescaped(node.value))}
    assert found == ({f"{path.name}:{line}" for line in of_script(tree)} if path.name == "script.py" else set())


def test_the_code_is_where_it_is_looked_for():
    assert len(CODE) > 40
    assert {path.parent.name for path in CODE} >= {"scripts", "bitext", "anchors", "checks", "hooks"}


def test_no_cue_of_a_topic_counts_twice():
    """Each group of cues has its own weight: a wording in two of them would have both."""
    for topic in KNOWLEDGE.topics:
        for lang in LANGS:
            words = [word for group in topic.cues for word in getattr(group, lang)]
            assert [word for word, count in Counter(words).items() if count > 1] == [], topic.id


def test_no_cue_speaks_for_two_topics():
    """It would tell nothing: cues tell topics apart."""
    owners = [(lang, word) for topic in KNOWLEDGE.topics for lang in LANGS
              for word in {word for group in topic.cues for word in getattr(group, lang)}]
    assert [word for word, count in Counter(owners).items() if count > 1] == []


def test_every_name_holds_a_cue():
    """One that holds none hides nothing."""
    for lang in LANGS:
        cues = {word.rstrip(".") for topic in KNOWLEDGE.topics for group in topic.cues for word in getattr(group, lang)}
        for name in getattr(KNOWLEDGE.names, lang):
            assert any(cue in name and cue != name for cue in cues), name


def test_no_phrase_of_furniture_stands_where_it_is_never_asked_for():
    """The first rule that holds wins: what an earlier one says of as many lines is said for nothing again."""
    before, idle = [], []
    for rule in KNOWLEDGE.chrome:
        for earlier in (one for one in before if one.zone in ("", rule.zone) and one.headings >= rule.headings):
            idle += [f"{rule.name}: {phrase}, in {earlier.name}" for phrase in sorted(rule.phrases & earlier.phrases)]
        before.append(rule)
    assert idle == []
