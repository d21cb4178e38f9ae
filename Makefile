# Every command of the project. `make help` prints the lines of this file that carry two hashes.

PYTHON  ?= $(firstword $(foreach name,python3.11 python3,$(shell command -v $(name) 2>/dev/null)))
VENV    := .venv
BIN     := $(VENV)/bin
SOURCES ?= sources
ADDRESS ?= 127.0.0.1:8000

# Texts from another folder never touch the repository's own pages: they are converted and built below build/.
ifeq ($(abspath $(SOURCES)),$(abspath sources))
DOCS := docs
SITE := site
else
DOCS := build/docs
SITE := build/site
endif

# mkdocs.yml reads this; everything else says --docs.
export DOCS_DIR := $(DOCS)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup site serve convert new check browser test lint gold bench lock screenshots clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[1mmake %-16s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\n  Variables: SOURCES=DIR (site, serve)  SITE_URL=ADDRESS (site)  ADDRESS=HOST:PORT (serve)  ARGS="…" (test, check, gold)  PYTHON=PATH (setup)\n'

# ---- Setting up ------------------------------------------------------------------------------------------------------
# A stamp is newer than the list it was installed from, so that a second run installs nothing.

setup: $(VENV)/.installed ## virtual environment with the pinned packages

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
	  echo 'make: no Python found. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11' >&2; exit 2; fi
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'make: $(PYTHON) is older than Python 3.11. Name a newer one: make PYTHON=/path/to/python3.11' >&2; exit 2; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'make: $(PYTHON) comes without venv. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 2; }
	@echo '==> Making the virtual environment $(VENV)'
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(BIN)/python
	@echo '==> Installing what the converter and the site need (a minute or two, once)'
	$(BIN)/python -m pip install --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo '==> Installing what the tests need'
	$(BIN)/python -m pip install --require-hashes -r requirements-dev.txt
	@touch $@

# Not a stamp: the browser belongs to the system, which may lose it.
browser:
	@sh tests/site/install-browser.sh

# ---- Reading and editing ---------------------------------------------------------------------------------------------

# What is in docs/ beside the articles: home pages, topic pages, pictures. An article is docs/<lang>/<topic>/<slug>.md.
define PREPARE
if [ '$(DOCS)' != docs ]; then \
  rm -rf build/docs build/.convert && mkdir -p build/docs docs && (cd docs && \
  find . -type f \( ! -path './*/*/*.md' -o -name index.md \) -exec sh -c \
    'for file; do mkdir -p "../build/docs/$${file%/*}" && cp "$$file" "../build/docs/$$file"; done' copy {} +); \
fi
endef

# A kept edit (3) or a finding (1) is shown and the site is built; a source that cannot be read (2) is shown, the site is
# built from the others, and the command fails at its end.
define CONVERT
echo '==> Converting $(SOURCES)/ to $(DOCS)/'; status=0; \
$(BIN)/python scripts/convert.py --sources '$(SOURCES)' --docs '$(DOCS)' || status=$$?; \
case $$status in \
  0|1) ;; \
  2) echo '==> A source could not be read (see above). The other texts go on.' >&2 ;; \
  3) echo '==> A page that a person has edited was kept (see above). It needs a decision: CONTRIBUTING.md.' >&2 ;; \
  *) exit $$status ;; \
esac
endef

site: $(VENV)/.installed ## convert and build the site into site/; SOURCES=DIR: texts of DIR, into build/
	@$(PREPARE)
	@$(CONVERT); \
	echo '==> Building $(SITE)/'; \
	$(BIN)/python scripts/build.py --docs '$(DOCS)' --site '$(SITE)' $(if $(SITE_URL),--site-url '$(SITE_URL)') || exit $$?; \
	echo '==> The site is built. Open $(abspath $(SITE))/index.html, or run: make serve$(if $(filter build/site,$(SITE)), SOURCES=$(SOURCES))'; \
	if [ $$status = 2 ]; then echo '==> Failed: one source or more could not be read.' >&2; exit 2; fi

serve: $(VENV)/.installed ## the same, served on 127.0.0.1:8000 with live reload
	@$(PREPARE)
	@$(CONVERT); \
	echo '==> Serving on http://$(ADDRESS)/ (Ctrl+C ends it)'; \
	exec $(BIN)/python scripts/serve.py --docs '$(DOCS)' --address '$(ADDRESS)'

.PHONY: offline
offline: $(VENV)/.installed ## the site as a zip that opens without a server, with search: build/offline.zip
	@$(PREPARE)
	@$(CONVERT); \
	echo '==> Building build/offline.zip'; \
	$(BIN)/python scripts/offline.py --docs '$(DOCS)' || exit $$?; \
	if [ $$status = 2 ]; then echo '==> Failed: one source or more could not be read.' >&2; exit 2; fi

convert: $(VENV)/.installed ## sources/ to docs/; edited pages are kept
	$(BIN)/python scripts/convert.py --sources '$(SOURCES)' --docs '$(DOCS)'

new: $(VENV)/.installed ## draft an empty page pair; ARGS='trade "标题" "Title"'
	$(BIN)/python scripts/new.py $(ARGS)

check: $(VENV)/.installed ## what is wrong with the pages under docs/; ARGS="--format github"
	$(BIN)/python scripts/check.py $(ARGS)

.PHONY: hook
hook: ## check the changed pages before every commit
	git config core.hooksPath .githooks

# ---- Proving ---------------------------------------------------------------------------------------------------------

test: $(VENV)/.installed-dev browser ## everything the tests need, then the tests; ARGS="-k align"
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)

lint: $(VENV)/.installed-dev ## style and types of the code
	$(BIN)/ruff check .
	$(BIN)/mypy

gold: $(VENV)/.installed-dev ## quality on the labelled texts against the floors; ARGS="--quick", "--wrong", "--update"
	@PYTHONPATH=scripts:. $(BIN)/python -m tests.gold.gate $(ARGS)

bench: $(VENV)/.installed-dev ## speed and memory, beside a plain length-based aligner
	@PYTHONPATH=scripts:. $(BIN)/python -m tests.benchmarks.bench $(ARGS)

.PHONY: bench-check bench-convert
bench-check: $(VENV)/.installed-dev ## time and memory of the checks over many pages; ARGS=--full: 10 000 pairs
	@PYTHONPATH=scripts:. $(BIN)/python -m tests.benchmarks.check $(ARGS)

bench-convert: $(VENV)/.installed-dev ## time and memory of converting many sources; ARGS=--full: 10 000
	@PYTHONPATH=scripts:. $(BIN)/python -m tests.benchmarks.convert $(ARGS)

.PHONY: bench-search
bench-search: $(VENV)/.installed-dev browser ## how well the search finds and what it downloads, beside the theme's; ARGS=--missed
	@PYTHONPATH=scripts:. $(BIN)/python -m tests.benchmarks.search $(ARGS)

# What stock MkDocs cuts Chinese with; it is no part of the project.
build/bench/.installed: | $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --target build/bench jieba==0.42.1
	@touch $@

.PHONY: bench-site bench-full
bench-site: build/bench/.installed ## the site's build beside stock MkDocs and Hugo, 100 articles
	@PYTHONPATH=scripts:. $(BIN)/python -m tests.benchmarks.site 100 --serve $(ARGS)

bench-full: build/bench/.installed ## the same with 100, 1 000 and 5 000 articles; an hour
	@PYTHONPATH=scripts:. $(BIN)/python -m tests.benchmarks.site 100 1000 5000 --serve $(ARGS)

.PHONY: nightly
nightly: $(VENV)/.installed-dev browser ## the long runs: 100 000 mutated sources, twelve builds for one tree, every kill and fault, edits at random
	@NIGHTLY=1 $(BIN)/python -m pytest tests/hostile tests/doors tests/sync tests/fast tests/site $(ARGS)

# ---- Looking after the project ---------------------------------------------------------------------------------------

LOCK := --generate-hashes --strip-extras --allow-unsafe --no-emit-options \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: $(BIN)/python ## requirements*.in to requirements*.txt, with hashes
	$(BIN)/python -m pip install pip-tools==7.6.2
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/python -m piptools compile --quiet $(LOCK) -o requirements.txt requirements.in
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/python -m piptools compile --quiet $(LOCK) -o requirements-cluster.txt requirements-cluster.in
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/python -m piptools compile --quiet $(LOCK) -o requirements-dev.txt requirements-dev.in
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/python -m piptools compile --quiet $(LOCK) -o requirements-tools.txt requirements-tools.in
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/python -m piptools compile --quiet $(LOCK) -o requirements-fuzz.txt requirements-fuzz.in

TOOLS := build/tools

$(TOOLS)/.installed: requirements.txt requirements-tools.txt | $(BIN)/python
	$(BIN)/python -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --require-hashes -r requirements.txt -r requirements-tools.txt
	@touch $@

FUZZ := build/fuzz/atheris
$(FUZZ)/.installed: requirements-fuzz.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes --target $(FUZZ) -r requirements-fuzz.txt
	@touch $@

.PHONY: fuzz
fuzz: $(VENV)/.installed-dev $(FUZZ)/.installed ## a coverage-guided fuzzer, a minute for each target; ARGS="page -max_total_time=3600"
	@for target in $(if $(ARGS),'$(ARGS)','convert -max_total_time=60' 'front-matter -max_total_time=60' 'page -max_total_time=60'); do \
	  echo "==> $$target"; PYTHONPATH=scripts:.:$(FUZZ) $(BIN)/python -m tests.fuzz.targets $$target || exit 1; done

.PHONY: audit sbom properdocs
audit: $(TOOLS)/.installed ## known weaknesses of the pinned packages (asks the network)
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.txt
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements-dev.txt

sbom: $(TOOLS)/.installed ## the list of all parts in CycloneDX, build/sbom.json
	$(TOOLS)/bin/cyclonedx-py requirements requirements.txt --output-reproducible -o build/sbom.json

properdocs: $(VENV)/.installed $(TOOLS)/.installed ## build the site with MkDocs' successor too and compare addresses, titles, ids
	@PYTHONPATH=scripts:. NO_MKDOCS_2_WARNING=1 $(BIN)/python -m tests.site.successor $(BIN)/mkdocs $(TOOLS)/bin/properdocs

screenshots: $(VENV)/.installed-dev browser ## pictures of the built site in build/screenshots/
	$(BIN)/python tests/site/screenshots.py --site '$(SITE)' $(ARGS)

clean: ## remove what the other commands have made, .venv/ too
	rm -rf .venv build site .mypy_cache .pytest_cache .ruff_cache .hypothesis
