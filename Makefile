# A few verbs. `make demo` and `make test` set up all they need on a machine with Python 3.11 to 3.13.
PYTHON ?= python3
BIN := .venv/bin
# what make cannot know by itself: two commands at once may both need the environment
.DEFAULT_GOAL := help
.PHONY: help setup demo test check docs lock check-containers soak chaos clean

help:  ## these lines
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

# The installed packages are exactly those of the lock, each checked against its hash. The lock is whole, so pip looks
# up no dependencies: older ones stop where one is asked for with an extra and a newer release is out (pip 23.2).
.stamp/run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "wirewatch needs Python 3.11 to 3.13, this is %d.%d: make PYTHON=python3.13" % v)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p .stamp && touch $@

.stamp/dev: .stamp/run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

setup: .stamp/run  ## the virtual environment with locked dependencies, the model among them

demo: .stamp/run  ## the main job, from a feed to an alert, on this machine, in under a minute
	@$(BIN)/wirewatch demo

# Where nothing may be skipped, the real servers reach more of the code than the gate of pyproject.toml asks for.
test: .stamp/dev  ## all checks and tests
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered $(if $(WIREWATCH_FORBID_SKIPS),--cov-fail-under=97)

check: .stamp/dev  ## style, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .stamp/dev  ## write anew what is derived from the code: JSON Schemas, mappings, pages of docs/, Kibana's objects
	$(BIN)/python -m schemas.export
	$(BIN)/python -m stores.export
	$(BIN)/python -m wirewatch.reference
	$(BIN)/python -m web.export
	$(BIN)/python kibana/build.py > kibana/newsroom.ndjson

lock: .stamp/dev  ## resolve the dependencies anew and lock them with hashes
	$(BIN)/uv pip compile --upgrade --universal --generate-hashes --python-version 3.11 -q pyproject.toml \
		-o requirements.lock --custom-compile-command "make lock"
	$(BIN)/uv pip compile --upgrade --universal --generate-hashes --python-version 3.11 -q pyproject.toml --extra mcp --group dev \
		-c requirements.lock -o requirements-dev.lock --custom-compile-command "make lock"

check-containers: .stamp/dev  ## what can be proved of the container files without a container engine
	deploy/check-containers

RUNTIME ?= local
soak: MINUTES ?= 30
soak: .stamp/dev  ## twenty articles a second for MINUTES (30), RUNTIME local or cluster: does anything grow or slow down?
	PYTHONPATH=.:tests/support $(BIN)/python benchmarks/soak.py --minutes $(MINUTES) --runtime $(RUNTIME)

SEED ?= 1
chaos: MINUTES ?= 2
chaos: .stamp/dev  ## the faults of SEED (1) for MINUTES (2), RUNTIME local or cluster: is anything lost or told twice?
	PYTHONPATH=.:tests/support $(BIN)/python -m chaos --seed $(SEED) --minutes $(MINUTES) --runtime $(RUNTIME)

clean:  ## remove what `make` made
	rm -rf .venv .stamp .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.*
