# `make run` and `make test` work on a fresh checkout: uv is used from PATH, or installed into .tools/ when it is missing.
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
BOOTSTRAP := $(filter .tools/bin/uv,$(UV))
PACKAGES := types tools agent orchestrator runner api

.DEFAULT_GOAL := help
.PHONY: help run test check bench soak isolated onchain peers format pins

help: ## Show what can be made.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.tools/bin/uv:
	python3 -m venv .tools && .tools/bin/pip install --quiet --disable-pip-version-check "uv>=0.9.30"

run: $(BOOTSTRAP) ## Run the built-in benchmarks with the deterministic agent and print the report.
	$(UV) run --quiet reev-runner benchmarks --agent deterministic

test: $(BOOTSTRAP) ## Run every test.
	$(UV) run --quiet pytest -n 2 --dist loadgroup -rs

check: $(BOOTSTRAP) ## Lint, types, package layers, and full coverage of what decides money and judgement.
	$(UV) run --quiet ruff check
	$(UV) run --quiet ruff format --check
	$(UV) run --quiet mypy packages/*/src
	$(UV) run --quiet mypy packages/reev-types/tests/typing
	$(UV) run --quiet lint-imports
	$(UV) run --quiet python scripts/coverage_gate.py

isolated: $(BOOTSTRAP) ## Run each package's suite with that package's own dependencies alone.
	@for name in $(PACKAGES); do \
		echo "== reev-$$name"; \
		$(UV) run --quiet --isolated --package reev-$$name --no-default-groups --group suite pytest -q packages/reev-$$name || exit 1; \
	done

bench: $(BOOTSTRAP) ## Measure against the budgets; exits 1 when one is exceeded.
	$(UV) run --quiet python scripts/bench.py

soak: $(BOOTSTRAP) ## Carry out thousands of flows with faults and crashes; exits 1 when money is lost, or spent twice.
	$(UV) run --quiet python scripts/soak.py
	REEV_SOAK=1 $(UV) run --quiet pytest -q -k executable --timeout 3600 tests/test_sentences.py

onchain: $(BOOTSTRAP) ## Build the on-chain programs from their C sources, and test that they are what is committed.
	$(UV) run --quiet --group onchain python packages/reev-tools/onchain/build.py
	$(UV) run --quiet --group onchain pytest -q packages/reev-tools/tests/market/test_rebuild.py

peers: ## Install the programs that compatibility tests run against, where npm is there.
	scripts/peers.sh

format: $(BOOTSTRAP) ## Format the code.
	$(UV) run --quiet ruff check --fix
	$(UV) run --quiet ruff format

pins: $(BOOTSTRAP) ## Upgrade every dependency and pin what was resolved.
	$(UV) run --no-project scripts/pins.py
