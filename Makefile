# Tapal. `make run` starts the app, `make test` runs every test; both set up what they need.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast test-browser pictures lint format build-data bench report lock licences clean

PORT ?= 8501
RAW ?= ../shared/data
KORIDOR ?= all
OUT ?= laporan
ARGS ?=

PY := .venv/bin/python

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: .venv/.dev ## make .venv with everything that running and testing need

run: .venv/.run ## start the app on port 8501; PORT=9000 changes it
	@echo "Tapal: http://localhost:$(PORT)"
	@exec $(PY) -m streamlit run server.py --server.port $(PORT) --server.headless true $(ARGS)

test: test-fast test-browser ## every test; brings Chromium if there is none

test-fast: .venv/.dev ## every test that needs no browser
	$(PY) -m pytest -m "not browser" $(ARGS)

test-browser: .venv/.dev ## the tests in a real Chromium
	CHROMIUM="$$(sh scripts/chromium.sh)" && export CHROMIUM && $(PY) -m pytest -m browser $(ARGS)

pictures: .venv/.dev ## take the pictures of the README anew
	CHROMIUM="$$(sh scripts/chromium.sh)" && export CHROMIUM && TAPAL_PICTURES=1 $(PY) -m pytest -m browser -k pictures $(ARGS)

lint: .venv/.dev ## ruff, format check and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: .venv/.dev ## write the format that lint asks for
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

build-data: .venv/.run ## rebuild data/shipped and static/geo from the raw records in RAW=../shared/data
	$(PY) -m data.build --raw $(RAW) $(ARGS)

bench: .venv/.bench ## measure the budgets; one BENCH line each
	CHROMIUM="$$(sh scripts/chromium.sh)" && export CHROMIUM && $(PY) -m benchmarks $(ARGS)

report: .venv/.run ## write the CSV files of KORIDOR=all into OUT=laporan
	$(PY) report.py --koridor $(KORIDOR) --format csv --out $(OUT) $(ARGS)

lock: .venv/.dev ## renew requirements.lock; ARGS=--upgrade takes the newest versions
	$(PY) -m pip install --quiet uv
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --strip-extras --no-header \
		requirements-bench.txt --output-file requirements.lock $(ARGS)

licences: .venv/.dev ## hold the licence of every dependency against the allowed list
	$(PY) scripts/licences.py

clean: ## remove .venv and everything that tools leave behind
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results bench-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.run: requirements.txt requirements.lock
	sh scripts/setup.sh requirements.txt
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt requirements.lock
	sh scripts/setup.sh requirements-dev.txt
	@touch .venv/.run $@

.venv/.bench: requirements.txt requirements-dev.txt requirements-bench.txt requirements.lock
	sh scripts/setup.sh requirements-bench.txt
	@touch .venv/.run .venv/.dev $@
