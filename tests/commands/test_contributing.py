"""Every recipe of CONTRIBUTING, in both languages, is walked through in a copy of the project: it does as promised."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bitext import strict_yaml
from bitext.page import place_of

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"(?:make|git|cp|grep|\.venv/\S+) .*")
STAMPS = "-o .venv/.installed -o .venv/.installed-dev -o browser"
"""What is installed here is installed there: the copy has this one's virtual environment."""
PORT = "connectivity/one-year-of-guanlei-port-the-golden-waterway-s-first-harbor-picks-up-speed.md"


# ------------------------------------------------------------------ the two files
@dataclass(frozen=True)
class Recipe:
    """One section that tells how to do something."""

    title: str
    commands: tuple[str, ...]
    """Every command of it, placeholders written ``<>``, in order."""
    proof: tuple[str, ...]
    """Those that prove it."""
    blocks: tuple[tuple[str, str], ...]
    """Fenced blocks: language and text."""


def recipes(name: str, proof: str, *, upto: str) -> list[Recipe]:
    text = (ROOT / name).read_text("utf-8").partition(upto)[0]
    sections = re.split(r"^### (.+)\n", text, flags=re.MULTILINE)[1:]
    return [recipe(title, body, proof) for title, body in zip(sections[::2], sections[1::2], strict=True)]


def recipe(title: str, body: str, proof: str) -> Recipe:
    body = body.partition("\n## ")[0]
    blocks = tuple(re.findall(r"^```(\w+)\n(.*?)^```$", body, re.MULTILINE | re.DOTALL))
    prose = re.sub(r"^```.*?^```$", "", body, flags=re.MULTILINE | re.DOTALL)
    shell = [f"`{line}`" for kind, text in blocks if kind == "sh" for line in text.splitlines()]
    before, mark, after = prose.partition(proof)
    assert mark, f"{title} ends with no proof"
    return Recipe(
        title, (*_commands(before), *_commands("".join(shell)), *_commands(after)), tuple(_commands(after)), blocks
    )


def _commands(prose: str) -> list[str]:
    spans = (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose))
    return [re.sub(r"<[^>]+>", "<>", span) for span in spans if COMMAND.fullmatch(span)]


ENGLISH = recipes("CONTRIBUTING.md", "Proof: ", upto="\n## What happens")
CHINESE = recipes("CONTRIBUTING.zh.md", "证明：", upto="\n## 拉取请求")


def test_both_languages_have_the_same_recipes_with_the_same_commands():
    assert [set(recipe.commands) for recipe in CHINESE] == [set(recipe.commands) for recipe in ENGLISH]
    assert [recipe.proof for recipe in CHINESE] == [recipe.proof for recipe in ENGLISH]
    assert all(recipe.proof for recipe in ENGLISH)


@pytest.mark.parametrize("kind", ["yaml", "python", "sh"])
def test_both_languages_have_the_same_examples(kind):
    def examples(recipe: Recipe) -> list[object]:
        found = [re.sub(r"<[^>]+>", "<>", text) for language, text in recipe.blocks if language == kind]
        return [_without_reasons(strict_yaml.load(text, "example")) for text in found] if kind == "yaml" else found

    assert [examples(recipe) for recipe in CHINESE] == [examples(recipe) for recipe in ENGLISH]


def _without_reasons(value: object) -> object:
    """What is data in an example; its reason is for people and in their language."""
    if isinstance(value, dict):
        return {key: _without_reasons(inner) for key, inner in value.items() if key != "reason"}
    return [_without_reasons(inner) for inner in value] if isinstance(value, list) else value


# ------------------------------------------------------------------ the copy
@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Path:
    """The project as it is, with what is not committed yet, in a repository of its own."""
    root = tmp_path_factory.mktemp("original") / "project"
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout: it is not known which files belong to the project")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
    for command in ("init -q", "add .", "commit -qm start"):
        subprocess.run(["git", *command.split()], cwd=root, env=_environment(root.parent), check=True)
    return root


def _environment(home: Path) -> dict[str, str]:
    """What a contributor's shell has, and nothing of the make that may be running these tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "GIT_"))}
    kept = {name: value for name, value in kept.items() if name not in ("ARGS", "SOURCES", "DOCS_DIR", "NIGHTLY")}
    person = {"NAME": "A", "EMAIL": "a@example.org"}
    names = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in person.items()}
    return {**kept, **names, "TMPDIR": str(home), "PYTEST_ADDOPTS": "-p no:cacheprovider", "GIT_PAGER": "cat"}


@dataclass
class Done:
    """How a command ended."""

    code: int
    output: str


@dataclass
class Project:
    """A clone, as a contributor has it."""

    root: Path
    ran: set[str] = field(default_factory=set)

    def run(self, command: str, *values: str, code: int = 0) -> Done:
        """Run a command of the recipe, its placeholders filled; it must end as said."""
        self.ran.add(command)
        filled = iter(values)
        line = re.sub("<>", lambda _: next(filled), command)
        assert next(filled, None) is None
        line = re.sub(r"\bmake ", f"make {STAMPS} ", line)
        options = {"cwd": self.root, "env": _environment(self.root.parent), "capture_output": True, "text": True}
        done = subprocess.run(["sh", "-c", line], timeout=300, check=False, **options)
        output = done.stdout + done.stderr
        assert done.returncode == code, f"{command} ended with {done.returncode}, not {code}:\n{output}"
        return Done(done.returncode, output)

    def read(self, name: str) -> str:
        return (self.root / name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert text.count(old) == 1, f"{name} has {text.count(old)} × {old!r}"
        self.write(name, text.replace(old, new))

    def append(self, name: str, text: str) -> None:
        self.write(name, self.read(name).rstrip("\n") + "\n" + text)

    def commit(self) -> None:
        for command in ("add -A", "commit -q --allow-empty -m work"):
            subprocess.run(["git", *command.split()], cwd=self.root, env=_environment(self.root.parent), check=True)

    def convert(self) -> None:
        """Pages of the copy as its own converter makes them: what is asked here is what the recipe changes."""
        subprocess.run([sys.executable, "scripts/convert.py"], cwd=self.root, capture_output=True, check=True)
        self.commit()

    def pages(self, source: str) -> dict[str, str]:
        """Paths of the pages of a source by language."""
        found = {}
        for path in (self.root / "docs").glob("*/*/*.md"):
            place = place_of(path.relative_to(self.root / "docs").as_posix())
            if place and f"\nsource_id: {source}\n" in path.read_text("utf-8"):
                found[place[0]] = path.relative_to(self.root).as_posix()
        return found


@pytest.fixture
def project(original, tmp_path) -> Project:
    root = tmp_path / "project"
    subprocess.run(["git", "clone", "-q", str(original), str(root)], check=True)
    (root / ".venv").symlink_to(sys.prefix)
    found = Project(root)
    found.write(".git/info/exclude", ".venv\n")
    return found


# ------------------------------------------------------------------ the walks, in the order of the file
Walk = Callable[[Project, Recipe], None]
WALKS: dict[str, Walk] = {}


def walk(title: str) -> Callable[[Walk], Walk]:
    """Enter the walk of a recipe."""

    def enter(function: Walk) -> Walk:
        WALKS[title] = function
        return function

    return enter


def example(recipe: Recipe, kind: str, at: int = 0) -> str:
    return [text for language, text in recipe.blocks if language == kind][at]


def prove(project: Project, recipe: Recipe, *values: str) -> list[Done]:
    """Run the commands of the proof one after the other; placeholders are filled from left to right."""
    filled = iter(values)
    return [project.run(command, *(next(filled) for _ in range(command.count("<>")))) for command in recipe.proof]


@walk("Correct a sentence")
def correct_a_sentence(project, recipe):
    project.edit(f"docs/en/{PORT}", "Where goods go, people follow.", "People go where goods go.")
    prove(project, recipe)
    project.edit(f"docs/en/{PORT}", "{ #p4 }", "{ #p5 }")
    assert f"docs/en/{PORT}" in project.run("make check", code=2).output


@walk("Add or remove a paragraph")
def add_a_paragraph(project, recipe):
    for lang, contributing in (("en", recipe), ("zh", CHINESE[ENGLISH.index(recipe)])):
        project.append(f"docs/{lang}/{PORT}", "\n" + example(contributing, "markdown").replace("#p4a", "#p5a"))
    check, serve = recipe.proof
    assert "p5a" not in project.run(check).output
    served(project, serve, "/connectivity/", "p5a")
    project.edit(f"docs/en/{PORT}", "\n" + example(recipe, "markdown").replace("#p4a", "#p5a"), "")
    assert "no p5a" in project.run(check).output


def served(project: Project, command: str, address: str, words: str) -> None:
    """Serve until the page is there."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{one.getsockname()[1]}"
    project.ran.add(command)
    line = ["make", *STAMPS.split(), *command.split()[1:], f"ADDRESS={place}"]
    log = project.root.parent / "serve.log"
    with log.open("w") as output:
        options = {"cwd": project.root, "env": _environment(project.root.parent), "start_new_session": True}
        server = subprocess.Popen(line, stdout=output, stderr=output, **options)
        try:
            name = PORT.rpartition("/")[2].removesuffix(".md")
            text = _fetched(f"http://{place}{address}{name}/", server)
            assert text, log.read_text("utf-8")
            assert words in text
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


def _fetched(address: str, server: subprocess.Popen) -> str:
    for _ in range(600):
        if server.poll() is not None:
            return ""
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.1)
    return ""


@walk("Translate a missing page")
def translate_a_missing_page(project, recipe):
    project.write("sources/night-market.txt", "澜湄夜市重新开张\n\n市场二月开张。\n\n六国官员在安宁会晤。\n")
    project.run(".venv/bin/python scripts/convert.py sources/night-market.txt")
    page = project.pages("night-market")["en"]
    assert "#p" not in project.read(page)
    (check,) = recipe.proof
    title = re.search(r"^title: .*$", project.read(page), re.MULTILINE)[0]
    project.edit(page, title, "title: The night market is open again")
    project.append(page, "\n" + example(recipe, "markdown"))
    half = project.run(check).output
    assert f"{page}: structure: no p1" in half
    assert "no p2" not in half
    project.edit(page, "\nOfficials", "\nThe market opened in February.\n{ #p1 }\n\nOfficials")
    assert "night" not in prove(project, recipe)[0].output


@walk("What may stand at the top of a page")
def what_may_stand_at_the_top(project, recipe):
    page = f"docs/en/{PORT}"
    project.edit(page, "topics:", "topic:")
    (check,) = recipe.proof
    assert "Did you mean 'topics'?" in project.run(check, code=2).output
    project.edit(page, "topic:", "topics:")
    for lang in ("zh", "en"):
        project.edit(f"docs/{lang}/{PORT}", "topics:", "date: 2025-12\ntopics:")
    prove(project, recipe)


NEW_SOURCE = (
    "中国与老挝贸易创下新高\nTrade between China and Laos hits a new high\n\n2024年8月9日\n\n"
    "商务部公布，双方上半年贸易额达到47亿美元，增长12%。\n\n"
    "Two-way trade reached 4.7 billion US dollars in the first half of the year, up 12 percent, the ministry said.\n"
)


@walk("Add a source")
def add_a_source(project, recipe):
    project.convert()
    project.write("sources/trade-high.txt", NEW_SOURCE)
    assert "trade-high" in project.run("make convert").output
    project.run("git add sources docs .convert")
    subprocess.run(["git", "commit", "-qm", "A source"], cwd=project.root, env=_environment(project.root), check=True)
    assert (
        "4.7 billion"
        in project.run(".venv/bin/python scripts/convert.py --explain sources/<>.txt", "trade-high").output
    )
    served(project, "make serve", "/connectivity/", PORT[:4])
    prove(project, recipe)
    assert len(project.pages("trade-high")) == 2


@walk("Say that a text was read wrongly")
def a_wrong_reading(project, recipe):
    entry = example(recipe, "yaml").partition("\n")[2]
    project.append("data/overrides.yml", entry)
    explained, _ = prove(project, recipe, "guanlei-port-first-year")
    assert re.search(r"^ +3 +zh +byline .* given in data/overrides.yml", explained.output, re.MULTILINE)
    assert "date: 2025-12" in project.read(f"docs/zh/{PORT}")
    assert "{ #p1 .byline }" in project.read(f"docs/zh/{PORT}")


@walk("Settle a page that was kept")
def settle_a_kept_page(project, recipe):
    project.convert()
    name = "docs/zh/trade/<>.md"
    source = "water-forum-wuhan"
    page = project.pages(source)["zh"]
    slug = page.rpartition("/")[2].removesuffix(".md")
    assert page == name.replace("<>", slug)
    line = "8月14日"
    project.edit(page, line, "8月15日")
    project.edit(f"sources/{source}.txt", line, "8月16日")
    assert ".convert/pending/" in project.run("make convert", code=2).output
    (status,) = recipe.proof
    assert "needs a decision" in project.run(status, code=3).output
    compare, copy, again = (command for command in recipe.commands if command not in recipe.proof)
    assert "8月16日" in project.run(compare, slug, slug, code=1).output
    project.run(copy, slug, slug)
    project.run(again)
    project.edit(page, "8月16日", "8月15日")
    assert re.search(rf"{re.escape(page.removeprefix('docs/'))} +edited +no change", prove(project, recipe)[0].output)


@walk("Move, delete or retire a page")
def move_a_page(project, recipe):
    project.convert()
    new = PORT.replace("connectivity/", "trade/")
    for lang in ("zh", "en"):
        subprocess.run(["git", "mv", f"docs/{lang}/{PORT}", f"docs/{lang}/{new}"], cwd=project.root, check=True)
        project.edit(f"docs/{lang}/{new}", "topics: [connectivity]", "topics: [trade, connectivity]")
    project.ran.add("git mv")
    project.run("make convert")
    assert f'"zh/{PORT}"' in project.read(".convert/lock/guanlei-port-first-year.json")
    gone = project.pages("water-forum-wuhan")
    for page in gone.values():
        (project.root / page).unlink()
    project.run("make convert")
    assert not project.pages("water-forum-wuhan")
    (project.root / "sources/youth-astronomy-fudan.txt").unlink()
    project.commit()
    assert len(project.pages("youth-astronomy-fudan")) == 2
    project.run(".venv/bin/python scripts/convert.py --prune")
    assert not project.pages("youth-astronomy-fudan")
    (status,) = prove(project, recipe)
    assert re.search(rf"zh/{re.escape(new)} .*no change", status.output)


@walk("A term")
def a_term(project, recipe):
    term = example(recipe, "yaml")
    project.append("data/glossary.yml", term)
    prove(project, recipe)
    project.append("data/glossary.yml", term)
    project.run(recipe.proof[0], code=2)


@walk("A topic or a cue")
def a_cue(project, recipe):
    head, topic, rest = project.read("data/topics.yml").partition("  - id: connectivity\n")
    cue = "      - {zh: [硕龙], en: [shuolong], weight: 4}\n"
    project.write("data/topics.yml", head + topic + rest.replace("    cues:\n", f"    cues:\n{cue}", 1))
    explained, _ = prove(project, recipe, "guanlei-port-first-year")
    assert "shuolong ×" in explained.output


@walk("A tag")
def a_tag(project, recipe):
    for lang in ("zh", "en"):
        project.edit(f"docs/{lang}/{PORT}", "[ports-and-waterways]", "[ports-and-waterways, border-towns]")
    (check,) = recipe.proof
    assert "border-towns" in project.run(check, code=2).output
    cues = "{zh: [边境小镇], en: [border town]}"
    project.append("data/tags.yml", f"  border-towns:\n    zh: 边境小镇\n    en: Border Towns\n    cues: {cues}\n")
    prove(project, recipe)


@walk("Page furniture")
def page_furniture(project, recipe):
    rule, cases = (example(recipe, "yaml", at) for at in (0, 1))
    project.append("data/chrome.yml", rule)
    test, _ = recipe.proof
    project.run(test, code=2)
    project.edit("tests/cases/chrome.yml", "rules:\n", f"rules:\n{cases}")
    prove(project, recipe)


@walk("A case for the tests")
def a_case(project, recipe):
    name = "tests/stages/test_chrome.py"
    assert name in project.run("grep -rl 'Table(\"chrome\")' tests").output
    project.edit("tests/cases/chrome.yml", "\narticle:\n", "\narticle:\n  - 两镇相隔一条江。\n")
    prove(project, recipe)
    project.edit("tests/cases/chrome.yml", "\narticle:\n", "\narticle:\n  - 返回顶部\n")
    project.run(recipe.proof[0], code=2)


@walk("A check")
def a_check(project, recipe):
    gate = "scripts/bitext/checks/gate.py"
    project.write("scripts/bitext/checks/titles.py", example(recipe, "python"))
    project.edit(gate, "    text,\n)", "    text,\n    titles,\n)")
    project.edit(
        gate, '    "staleness": staleness.check,\n', '    "staleness": staleness.check,\n    "titles": titles.check,\n'
    )
    project.write("tests/checks/test_titles.py", TEST_OF_TITLES)
    tests, check = recipe.proof
    project.run(tests, "titles", code=2)
    project.append("CONTRIBUTING.md", "\n### titles\nA title ends without a full stop.\n")
    project.append("CONTRIBUTING.zh.md", "\n### titles\n标题末尾没有句点。\n")
    prove(project, recipe, "titles")
    project.edit(f"docs/en/{PORT}", 'Picks Up Speed"', 'Picks Up Speed."')
    found = project.run(check, code=2).output
    assert f"docs/en/{PORT}:2: titles: a full stop at the end, expected none" in found


TEST_OF_TITLES = '''"""Titles end like titles."""

import pytest
from tests.checks.pages import check, page


@pytest.mark.parametrize(("title", "wrong"), [("The port is open.", True), ("The port is open", False)])
def test_a_title_has_no_full_stop(tmp_path, title, wrong):
    text = page("One.\\n{ #p1 }\\n").replace("title: T", f"title: {title}")
    files = {"zh/trade/a.md": page("One.\\n{ #p1 }\\n"), "en/trade/a.md": text}
    assert any("titles: a full stop" in line for line in check(tmp_path, files)) is wrong
'''


@walk("Code")
def code(project, recipe):
    """The proof of code is the run in which this very test stands; here it is asked that there is such a command."""
    for command in recipe.commands:
        project.run(command.replace("make", "make --dry-run"))
        project.ran.add(command)


# ------------------------------------------------------------------ all of them
SLOW = {"Add or remove a paragraph", "Add a source"}
"""They serve the site, which takes some seconds."""


def test_every_recipe_is_walked_through():
    assert [recipe.title for recipe in ENGLISH] == list(WALKS)


@pytest.mark.parametrize(
    "recipe",
    [pytest.param(r, id=r.title, marks=[pytest.mark.slow] if r.title in SLOW else []) for r in ENGLISH],
)
def test_its_commands_do_as_promised(project, recipe):
    WALKS[recipe.title](project, recipe)
    assert set(recipe.commands) <= project.ran, "the walk leaves out a command of the recipe"
