# Two commands are enough: `make demo` and `make test`. Python 3.11 or newer is needed, and nothing else beforehand.
PYTHON ?= python3
BIN := .venv/bin

help:
	@echo "make demo          the sample magazine, served with its worker; prints what to click"
	@echo "make test          all tests, in a real browser too"
	@echo "make lint          linters, types, the import rules"
	@echo "make ci            what the build runs"
	@echo "make bench         the benchmarks; writes docs/performance.md"
	@echo "make prove-guards  take each guard away and see its test fail"
	@echo "make lighthouse    what Lighthouse says of the sample magazine (needs npm)"
	@echo "make screenshots   the pictures in the README"

demo: .venv/run
	@$(BIN)/hearthpress demo

test: .venv/dev
	@tools/browser
	@tools/front_servers
	$(BIN)/python -m pytest

lint: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint hearthpress --lint --quiet
	$(BIN)/python assets/styles/build.py --check
	$(BIN)/python -m django makemigrations --check --dry-run --settings hearthpress.settings

ci:
	CI=true bash .ci/run

bench: .venv/run
	$(BIN)/hearthpress bench --write docs/performance.md

prove-guards: .venv/dev
	$(BIN)/python tools/prove_guards.py

lighthouse: .venv/run
	$(BIN)/python tools/lighthouse.py

screenshots: .venv/dev
	@tools/browser
	$(BIN)/python tools/screenshots.py

.venv/run: requirements/base.txt
	@echo "Installing what Hearthpress needs (once, about a minute) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/dev: requirements/dev.txt .venv/run
	@echo "Installing what the tests need ..."
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: help demo test lint ci bench prove-guards lighthouse screenshots
