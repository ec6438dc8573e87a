# Two commands on a fresh machine: `make reports` and `make test`. Only python3, make and a package index are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
AXE := tests/node/node_modules/axe-core/axe.min.js

.PHONY: reports test check lab notebooks lock bench reproduce clean

reports: $(READY)
	$(BIN)/ecanalysis build --out reports

# Without Chromium, or without npm for the accessibility checks, the tests that need them are skipped.
test: $(READY) $(AXE)
	$(BIN)/python -m pytest

$(AXE): tests/node/package-lock.json
	if command -v npm >/dev/null; then npm ci --no-audit --no-fund --prefix tests/node && touch $@; fi || true

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The setting keeps JupyterLab from asking a first visitor whether it may fetch news.
lab: $(READY)
	@mkdir -p $(VENV)/share/jupyter/lab/settings
	@echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}' \
	  >$(VENV)/share/jupyter/lab/settings/overrides.json
	$(BIN)/jupyter lab notebooks/start.ipynb

# Execute the committed notebooks in place, after a change that moves their outputs.
notebooks: $(READY)
	$(BIN)/ecanalysis refresh

# Everything pinned with hashes; compiled, because some machines forbid Python to write bytecode later.
$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q -j 0 $(VENV)/lib >/dev/null || true
	touch $(READY)

# Resolve pyproject.toml anew into requirements.lock, for all platforms and Python versions it allows.
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-header --quiet --output-file requirements.lock
	rm -rf $(VENV)-lock

# Build twice under disturbed conditions and compare every byte a reader can see.
reproduce: $(READY)
	rm -rf .reproduce && mkdir -p .reproduce/home
	TZ=UTC LC_ALL=C.UTF-8 PYTHONHASHSEED=1 $(BIN)/ecanalysis build --out .reproduce/first --jobs 1
	TZ=Asia/Shanghai LC_ALL=C PYTHONHASHSEED=2 HOME=$(CURDIR)/.reproduce/home COLUMNS=50 \
	  $(BIN)/ecanalysis build --out .reproduce/second/deeper --jobs 3
	diff -r --exclude='.*' .reproduce/first .reproduce/second/deeper
	rm -rf .reproduce

# Measure our build against plain tools, on this machine; writes docs/performance.md.
bench: $(READY)
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) .reproduce .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/node/node_modules
	find reports -mindepth 1 ! -name README.md -delete
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
