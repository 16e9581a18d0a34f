# Every target installs what it lacks, then does its job. Arguments for the service: make run ARGS="--port 8282"
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
ARGS ?=
# A toolchain that was just installed by rustup is not on the caller's PATH yet.
# So may be a Node that setup.sh has put into target/node.
export PATH := $(CURDIR)/target/node/node_modules/node/bin:$(PATH):$(HOME)/.cargo/bin

.PHONY: help run demo test soak bench bench-live fmt ui dev-ui

help: ## What can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 18

run: ## The service, with its own PostgreSQL unless DATABASE_URL is set
	@scripts/setup.sh run
	@cargo run --release --bin tautulli -- serve $(ARGS)

demo: ## The service over a simulated Plex, with two years of made-up history; needs nothing
	@scripts/setup.sh run
	@cargo run --release --bin tautulli -- demo $(ARGS)

test: ## Everything that must hold before a change is accepted
	@scripts/setup.sh test
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	@if command -v cargo-deny >/dev/null; then cargo deny check bans licenses sources; fi
	cd ui && npm run --silent lint && npm test --silent
	cargo build --workspace --bins
	cd ui && npm run --silent test:browser
	cargo test --workspace --doc --quiet
	cargo nextest run --workspace

soak: ## Everything dies, lies and stalls while fifty people watch; SOAK_SEED, SOAK_MOMENTS, SOAK_STREAMS choose another storm
	@scripts/setup.sh run
	SOAK_SEED=$${SOAK_SEED:-$$RANDOM} SOAK_MOMENTS=$${SOAK_MOMENTS:-200} SOAK_STREAMS=$${SOAK_STREAMS:-50} \
		cargo test --test integration -- --exact --nocapture soak::no_play_is_lost_doubled_or_left_open_in_a_storm

bench: ## How fast history is with 5 thousand to 5 million plays; prints tables (docs/BENCHMARKS.md)
	@scripts/setup.sh run
	cargo bench --bench scale

bench-live: ## What three hundred streams and thousands of listeners cost; prints a table (docs/BENCHMARKS.md)
	@scripts/setup.sh run
	cargo bench --bench live

ui: ## The web pages, built from ui/ into ui-dist/
	@scripts/setup.sh ui
	cd ui && npm run --silent build

dev-ui: ## The web pages with hot reload, over a service at localhost:8181 (TAUTULLI_URL=http://… for another)
	@scripts/setup.sh ui
	cd ui && npm run dev

fmt: ## The sources in their canonical form
	@scripts/setup.sh run
	cargo fmt --all
