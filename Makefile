# Every target sets up what it needs: .venv, the locked requirements, and for browser tests Chromium (tools/system-packages.sh).
SHELL := /bin/bash
BIN := .venv/bin
ONRECORD := $(BIN)/onrecord
DEMO_DB := demo.sqlite
CHECKED := src tests benchmarks corpus
GOLD_SET = $(firstword $(wildcard $(SET) $(GOLD_ROOT)/$(SET) gold/$(SET) ../*/gold/$(SET) ../../*/gold/$(SET)) $(SET))

.PHONY: help demo serve test fast lint bench errors language lock clean

help:  ## what there is to do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/.installed  ## read examples/ into demo.sqlite, print the record, say how to open it
	@rm -f $(DEMO_DB) $(DEMO_DB)-wal $(DEMO_DB)-shm
	$(ONRECORD) add examples --db $(DEMO_DB)
	$(ONRECORD) said --limit 12 --db $(DEMO_DB)
	$(ONRECORD) story --db $(DEMO_DB)
	@printf '\nWhat one man said about the ships, as two outlets report it:\n\n'
	$(ONRECORD) compare "$$($(ONRECORD) said --about "дванадцять" --json --db $(DEMO_DB) | $(BIN)/python -c 'import json, sys; print(json.load(sys.stdin)[0]["statement"]["id"])')" --db $(DEMO_DB)
	@printf '\nThe record is in %s. To open it in the browser:  make serve\n' $(DEMO_DB)

serve: .venv/.installed  ## the demo's record in the browser
	@test -e $(DEMO_DB) || $(MAKE) demo
	$(ONRECORD) serve --db $(DEMO_DB)

test: lint  ## every check and every test, those in the browser included
	@tools/system-packages.sh browser
	$(BIN)/python -m pytest

fast: .venv/.installed-dev  ## the tests without a browser, in under a minute
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n auto --dist loadfile --hypothesis-profile quick -m "not browser and not slow"

lint: .venv/.installed-dev  ## ruff, mypy --strict, and the direction of imports
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.installed-dev  ## pages a second, import time, and quality on GOLD="folder …" (a folder of gold readings each)
	$(BIN)/python benchmarks/speed.py
	$(if $(GOLD),$(BIN)/python benchmarks/quality.py $(GOLD))

errors: .venv/.installed-dev  ## a page of what is read wrong and why: make errors SET=its path, or its NAME in GOLD_ROOT or in a folder gold beside the project
	@mkdir -p build
	$(BIN)/python benchmarks/errors.py $(GOLD_SET) --out build/errors-$(notdir $(SET)).html

language: .venv/.installed  ## what passes, fails, is untested in a language folder: make language LANG=uk
	@LC_ALL=C.UTF-8 $(ONRECORD) language $(LANG)

lock: .venv/.installed-dev  ## resolve the dependencies anew (needs uv)
	tools/lock.sh --upgrade

clean:  ## remove everything that make has made
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f $(DEMO_DB) $(DEMO_DB)-wal $(DEMO_DB)-shm

.venv/bin/python:
	@tools/system-packages.sh venv
	"$$(tools/find-python.sh)" -m venv .venv

.venv/.installed: pyproject.toml requirements/runtime.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: requirements/dev.txt .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
