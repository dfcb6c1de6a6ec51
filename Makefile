# Tapal. `make run` starts the app, `make test` runs every test; both set up what they need.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast test-browser pictures lint format build-data bench load soak report lock licences sbom advisories audit feed-check clean

PORT ?= 8501
HOST ?= localhost
RAW ?= ../shared/data
KORIDOR ?= all
OUT ?= laporan
ARGS ?=
# Tests run in so many processes, a file at a time, so that what a file makes for its tests is made once. 0: in this one.
WORKERS ?= 2

PY := .venv/bin/python
# Tools that are used now and then, each in an environment of its own.
UVX := $(PY) -m uv tool run
PYTEST := $(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: .venv/.dev ## make .venv with everything that running and testing need

run: .venv/.run ## start the app for this machine on port 8501; PORT=9000 changes it, HOST=0.0.0.0 opens it to the network
	@$(PY) scripts/address.py "$(HOST)" "$(PORT)"
	@exec $(PY) -m streamlit run server.py --server.address "$(HOST)" --server.port "$(PORT)" --server.headless true $(ARGS)

test: test-fast test-browser ## every test; brings Chromium if there is none

test-fast: .venv/.dev ## every test that needs no browser
	$(PYTEST) --ignore tests/browser $(ARGS)

test-browser: .venv/.dev ## the tests in a real Chromium
	CHROMIUM="$$(sh scripts/chromium.sh)" && export CHROMIUM && $(PYTEST) -o testpaths=tests/browser $(ARGS)

pictures: .venv/.dev ## take the pictures of the README anew
	CHROMIUM="$$(sh scripts/chromium.sh)" && export CHROMIUM && TAPAL_PICTURES=1 $(PY) -m pytest -o testpaths=tests/browser -k pictures $(ARGS)

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

load: .venv/.dev ## fifty people over real WebSockets through whole visits; ARGS="--sessions 20 --minutes 1"
	$(PY) -m benchmarks.load $(ARGS)

soak: .venv/.dev ## fifty people read and write for twenty minutes while the server is killed and restarted; ARGS="--minutes 4"
	$(PY) -m benchmarks.soak $(ARGS)

report: .venv/.run ## write the CSV files of KORIDOR=all into OUT=laporan
	$(PY) report.py --koridor $(KORIDOR) --format csv --out $(OUT) $(ARGS)

lock: .venv/.dev ## renew the three locks; ARGS=--upgrade takes the newest versions
	sh scripts/lock.sh $(ARGS)

licences: .venv/.dev ## hold the licence of every dependency against the allowed list
	$(PY) scripts/licences.py

sbom: .venv/.dev ## write what the product consists of to tapal.cdx.json (CycloneDX)
	$(UVX) --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.lock --output-reproducible --output-file tapal.cdx.json
	$(PY) scripts/packages.py sbom tapal.cdx.json

advisories: .venv/.dev ## hold the locks against the weaknesses in .ci/advisories.json; needs no internet
	$(PY) scripts/packages.py advisories

audit: .venv/.dev ## ask the advisory database of PyPI about every package of the locks; needs the internet
	$(UVX) --from pip-audit==2.10.1 pip-audit --disable-pip --require-hashes --requirement requirements.lock

feed-check: .venv/.dev ## attack the feed /api/v1 with Schemathesis for a minute; needs the internet for the tool
	PYTHONPATH=. $(PY) scripts/feed_check.py

clean: ## remove .venv and everything that tools leave behind
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .schemathesis test-results bench-results tapal.cdx.json
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.run: requirements.lock
	sh scripts/setup.sh requirements.lock
	@touch $@

.venv/.dev: requirements.lock requirements-dev.lock
	sh scripts/setup.sh requirements.lock requirements-dev.lock
	@touch .venv/.run $@

.venv/.bench: requirements.lock requirements-dev.lock requirements-bench.lock
	sh scripts/setup.sh requirements.lock requirements-dev.lock requirements-bench.lock
	@touch .venv/.run .venv/.dev $@
