# Each of these does its own set-up. `make demo` and `make test` are all a newcomer needs.
PYTHON ?= python3
PY := .venv/bin/python
.PHONY: help demo demo-reset test check bench bench-pull bench-forecast bench-next-talks translations lock clean

help:
	@echo "make demo          try it: sets up, loads a demo place, starts, prints the addresses"
	@echo "                   (LANGUAGE=es: names and terminal in Spanish; PORT=9000: another port)"
	@echo "make demo-reset    the same, with the demo place as it was at first"
	@echo "make test          every test and check, on SQLite, PostgreSQL and in a browser"
	@echo "make check         the quick part: lint, types, import contracts, migrations, translations"
	@echo "make bench         how fast: pages with 100,000 people, lists, chains, imports"
	@echo "make bench-pull    how well pull is estimated where the truth is known"
	@echo "make bench-forecast  how well the next test is forecast where the truth is known"
	@echo "make bench-next-talks  how many conversations until the true leaders are known"
	@echo "make lock          write requirements/ anew after a change of pyproject.toml"

demo:
	@$(PYTHON) bin/bootstrap.py app
	@$(PY) bin/demo.py

demo-reset:
	@$(PYTHON) bin/bootstrap.py app
	@$(PY) bin/demo.py --reset

test:
	@$(PYTHON) bin/bootstrap.py dev
	@$(PY) bin/suite.py

check:
	@$(PYTHON) bin/bootstrap.py dev
	@$(PY) bin/suite.py --checks-only

bench:
	@$(PYTHON) bin/bootstrap.py dev
	@$(PY) -m benchmarks

bench-pull:
	@$(PYTHON) bin/bootstrap.py dev
	@$(PY) benchmarks/pull.py

bench-forecast:
	@$(PYTHON) bin/bootstrap.py dev
	@$(PY) benchmarks/forecast.py

bench-next-talks:
	@$(PYTHON) bin/bootstrap.py dev
	@$(PY) benchmarks/next_talks.py --worlds 100

translations:
	@$(PYTHON) bin/bootstrap.py dev
	@$(PY) bin/translations.py update
	@$(PY) bin/translations.py compile

lock:
	@$(PYTHON) bin/bootstrap.py dev
	@$(PYTHON) bin/lock.py

clean:
	rm -rf .venv .uv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build
