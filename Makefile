# `make demo` and `make test` each do all set-up by themselves, from a clean clone, with Python 3.11+, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := .venv-peers
PEERS_READY := $(PEERS)/.ready

.PHONY: setup demo test lint bench bench-full peers agree fuzz spark cases clean requirements

setup: $(READY)

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q transport_calc
	touch $(READY)

demo: $(READY)
	BIN=$(BIN) sh data/examples/demo.sh

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/transport-calc thresholds check

bench: $(READY)
	$(BIN)/python benchmarks/start_up.py
	$(BIN)/python benchmarks/exploration.py
	$(BIN)/python benchmarks/questions.py
	$(BIN)/python benchmarks/batch.py --rows $(or $(ROWS),1000000)
	-$(MAKE) peers
	$(BIN)/python benchmarks/peers.py

# 5,000,000 rows against a copy, then 1, 5 and 20 million for the growth of time and memory.
bench-full: $(READY)
	$(BIN)/python benchmarks/batch.py --full
	-$(MAKE) peers
	$(BIN)/python benchmarks/peers.py

# What the batch is measured beside, in an environment of its own.
peers: $(PEERS_READY)

$(PEERS_READY): requirements-peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.txt
	touch $(PEERS_READY)

# Batch and `check` say the same of ROWS random rows, byte for byte.
agree: $(READY)
	$(BIN)/python benchmarks/agree.py --rows $(or $(ROWS),10000000)

# Pins every package with its hashes, for Python 3.11 and later on every platform; names no registry.
requirements:
	$(BIN)/python -m pip install --quiet 'uv>=0.9'
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra batch --universal --python-version 3.11 \
		--generate-hashes --no-header --no-emit-index-url --no-annotate --quiet --output-file requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra batch --extra spark --universal --python-version 3.11 \
		--generate-hashes --no-header --no-emit-index-url --no-annotate --quiet --output-file requirements-spark.txt
	$(BIN)/uv pip compile pyproject.toml --extra peers --universal --python-version 3.11 \
		--generate-hashes --no-header --no-emit-index-url --no-annotate --quiet --output-file requirements-peers.txt

# The built-in cases of an installed copy, from the legal cases of the tests.
cases: $(READY)
	$(BIN)/python tests/build_cases.py

clean:
	rm -rf $(VENV) $(PEERS) .venv-spark .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Damages receipts files for MINUTES; with atheris installed the damage follows what it reaches.
fuzz: $(READY)
	$(BIN)/python tests/fuzz/fuzz_batch.py $(or $(MINUTES),5)

# The batch on Spark, in an environment of its own: PySpark is large, and needs Java 17 or later on the machine.
spark: .venv-spark/.ready
	.venv-spark/bin/python -m pytest tests/test_batch_spark.py

.venv-spark/.ready: requirements-spark.txt pyproject.toml
	$(PYTHON) -m venv .venv-spark
	.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.txt
	.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
