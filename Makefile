PYTHON ?= python3

.venv/installed: requirements/dev.txt
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --require-hashes -r requirements/dev.txt
	.venv/bin/pip install --quiet --no-deps --no-build-isolation -e . || .venv/bin/pip install --quiet --no-deps -e .
	touch $@

test: .venv/installed
	.venv/bin/python -m pytest tests

.PHONY: test
