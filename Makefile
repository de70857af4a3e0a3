# Two commands for a newcomer: make demo, make test. PORT=8080 make demo moves it.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint check bench soak clean

demo: $(VENV)/.installed
	$(BIN)/zhengbao demo --port $(PORT)

test: $(VENV)/.tests-installed
	$(BIN)/python -m pytest -n auto --dist loadscope

lint: $(VENV)/.tests-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

check: lint test

bench: $(VENV)/.tests-installed
	$(BIN)/python -m benchmarks

soak: $(VENV)/.tests-installed
	$(BIN)/python -m benchmarks.soak

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt -e .
	touch $@

$(VENV)/.tests-installed: $(VENV)/.installed
	$(PIP) install -c constraints.txt -e '.[test,dev]'
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
