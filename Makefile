# Each target calls a real program; the set-up is `rehearse`'s.
PYTHON = .venv/bin/python
.PHONY: setup tools test check bench accuracy trials shots clean

setup: ; ./rehearse --setup-only

tools: ; REHEARSE_EXTRAS=dev ./rehearse --setup-only

test: tools check ; OPENBLAS_NUM_THREADS=1 $(PYTHON) -m pytest # two workers share two cores

check: tools ; .venv/bin/ruff check && .venv/bin/ruff format --check && .venv/bin/mypy && .venv/bin/lint-imports

bench: ; REHEARSE_EXTRAS=bench ./rehearse --setup-only && $(PYTHON) -m tests.bench

accuracy: tools ; $(PYTHON) -m tests.accuracy

trials: tools ; $(PYTHON) -m pytest -m trial # what takes too long for every change

shots: tools ; $(PYTHON) -m tests.studio.shots shots

clean: ; rm -rf shots dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
