# The one front door. `make run` and `make test` are all that a newcomer needs; CI runs `make check` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PEOPLE ?= 105000
SEED ?= 2026

.PHONY: run test check bench docs lock format clean

run: $(VENV)/.run ## make up a partnership and run the whole chain on it
	$(BIN)/python -m locality_demo --people $(PEOPLE) --seed $(SEED) --out out/demo

test: $(VENV)/.dev ## all tests
	$(BIN)/pytest -n 2 --dist loadgroup

check: $(VENV)/.dev ## lint, types, contracts, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.generate --check

bench: $(VENV)/.peers ## speed and memory, as ratios to a floor or a peer in the same run
	$(BIN)/python bench/budgets.py
	$(BIN)/python bench/made_up_people.py
	$(BIN)/python bench/plans.py
	$(BIN)/python bench/documents.py
	$(BIN)/python bench/site.py
	$(BIN)/python bench/boundaries.py
	$(BIN)/python bench/boundary_gaps.py --cases "$$LOCALITY_CASES/boundaries"
	$(BIN)/python bench/shapes.py
	$(BIN)/python bench/boundary_editor.py "$$LOCALITY_DATA"
	$(BIN)/python bench/opinion_groups.py
	$(BIN)/python bench/shares.py --rows 20e6
	$(BIN)/python bench/shares.py --rows 1e6,100e6 --cases "floor,first read,prepare,prepared"

docs: $(VENV)/.dev ## write the generated pages of docs/look-up
	$(BIN)/python -m docs.generate

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(UV) ## write the locks anew; they name no registry
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --quiet \
		pyproject.toml --extra web -o requirements.lock
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --quiet \
		pyproject.toml --extra web --extra spark --extra postgres --group dev -o requirements-dev.lock
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --quiet \
		pyproject.toml --extra web --extra spark --extra postgres --group dev --group peers -o requirements-peers.lock

clean:
	rm -rf $(VENV) out build

$(UV):
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.run: requirements.lock pyproject.toml | $(UV)
	$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	$(UV) pip install --quiet --no-deps -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(UV)
	$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.lock
	$(UV) pip install --quiet --no-deps -e .
	touch $@ $(VENV)/.run

$(VENV)/.peers: requirements-peers.lock pyproject.toml | $(UV)
	$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements-peers.lock
	$(UV) pip install --quiet --no-deps -e .
	touch $@ $(VENV)/.dev $(VENV)/.run
