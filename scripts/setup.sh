#!/usr/bin/env bash
# Installs what is missing: to build and run (`setup.sh run`), also to build the web pages (`setup.sh ui`), also to test
# (`setup.sh test`). Silent when nothing is.
set -euo pipefail
cd "$(dirname "$0")/.."

goal="${1:-run}"
# The line of cargo-nextest whose configuration format .config/nextest.toml is in.
nextest_version="0.9"

say() { printf 'setup: %s\n' "$*" >&2; }
give_up() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif have sudo; then sudo "$@"
  else give_up "this needs root, and there is no sudo. Run as root: $*"
  fi
}

# The same places in which the service looks for a server.
have_postgres() {
  local dir
  if [ -n "${DATABASE_URL:-}${TAUTULLI_DATABASE_URL:-}" ] && [ "$goal" = run ]; then return 0; fi
  if [ -n "${TAUTULLI_POSTGRES_BIN:-}" ]; then
    [ -x "$TAUTULLI_POSTGRES_BIN/initdb" ] || give_up "there is no initdb in TAUTULLI_POSTGRES_BIN, $TAUTULLI_POSTGRES_BIN"
    return 0
  fi
  if have initdb && have postgres; then return 0; fi
  for dir in /usr/lib/postgresql/*/bin /usr/lib/postgresql*/bin /usr/libexec/postgresql* /usr/pgsql-*/bin \
    /usr/local/pgsql*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin \
    /Applications/Postgres.app/Contents/Versions/*/bin; do
    if [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ]; then return 0; fi
  done
  return 1
}

# Debian starts a cluster of its own when the server is installed; nobody asked for that one.
keep_debian_from_making_a_cluster() {
  local file=/etc/postgresql-common/createcluster.conf
  if [ -e "$file" ]; then return 0; fi
  as_root mkdir -p /etc/postgresql-common
  printf 'create_main_cluster = false\n' | as_root tee "$file" >/dev/null
}

# The oldest Node that builds the web pages and drives their tests.
node_version="20.19"
# Where a newer Node is put when the system's is older; the Makefile looks there first.
own_node="$PWD/target/node"

is_at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
have_node() { have node && have npm && is_at_least "$node_version" "$(node --version | tr -d v)"; }

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    if [ -n "$name" ] && have "$name"; then return 0; fi
  done
  return 1
}

# The registry ships Node itself as a package, for systems whose own is too old.
install_node() {
  if have_node; then return 0; fi
  have npm || give_up "Node $node_version or newer is needed; install it from https://nodejs.org"
  say "this system's Node is older than $node_version; putting a newer one into target/node"
  npm install --prefix "$own_node" --no-save --no-audit --no-fund --silent node@22
  have_node || give_up "Node $node_version or newer is needed; install it from https://nodejs.org"
}

# The packages that the web pages are built and tested with, as their lock file names them.
install_node_packages() {
  local stamp=ui/node_modules/.installed
  if [ -e "$stamp" ] && cmp -s ui/package-lock.json "$stamp"; then return 0; fi
  say "installing the packages of the web pages"
  (cd ui && npm ci --no-audit --no-fund --silent)
  cp ui/package-lock.json "$stamp"
}

install_debian() {
  local missing=()
  have cc || missing+=(build-essential)
  have curl || missing+=(curl ca-certificates)
  have pkg-config || missing+=(pkg-config)
  if ! have_postgres; then missing+=(postgresql); fi
  if [ "$goal" != run ]; then
    have node || missing+=(nodejs)
    have npm || missing+=(npm)
  fi
  if [ "$goal" = test ]; then
    find_chromium || missing+=(chromium fonts-dejavu-core)
  fi
  if [ ${#missing[@]} -eq 0 ]; then return 0; fi
  say "installing ${missing[*]}"
  case " ${missing[*]} " in *" postgresql "*) keep_debian_from_making_a_cluster ;; esac
  # The index is fetched only when the packages cannot be had from the one that is there.
  apt_install "${missing[@]}" || { as_root apt-get update -qq && apt_install "${missing[@]}"; } ||
    give_up "apt-get could not install ${missing[*]}; see its messages above"
}

# Configuration files that are there already (ours, above) stay as they are, without a question.
apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 apt-get install -y -qq \
    -o Dpkg::Options::=--force-confold --no-install-recommends "$@" >/dev/null
}

require_elsewhere() {
  have cc || give_up "a C compiler (cc) is needed and this system's packages are not known here; install one"
  have curl || have cargo || give_up "curl is needed to fetch the Rust toolchain; install it"
  have_postgres ||
    give_up "a PostgreSQL server is needed (apk add postgresql | dnf install postgresql-server | brew install postgresql), or set DATABASE_URL"
  if [ "$goal" = test ]; then
    find_chromium || give_up "Chromium or Chrome is needed for the browser tests; install it, or name it in CHROMIUM"
  fi
}

install_rust() {
  if have cargo; then return 0; fi
  say "installing the Rust toolchain for this user (rustup, into ~/.cargo)"
  curl --proto '=https' --tlsv1.2 -fsS --retry 3 https://sh.rustup.rs |
    sh -s -- -y --quiet --no-modify-path --profile default ||
    give_up "the Rust toolchain could not be fetched; install Rust $(rust_version) or newer from https://rustup.rs and try again"
  export PATH="$HOME/.cargo/bin:$PATH"
}

rust_version() { sed -nE 's/^rust-version = "(.*)"/\1/p' Cargo.toml | head -n 1; }

# A distribution's own compiler may be too old for the sources.
check_rust() {
  local wanted found
  wanted="$(rust_version)"
  found="$(rustc --version | awk '{print $2}')"
  if is_at_least "$wanted" "$found"; then return 0; fi
  if have rustup; then
    say "updating Rust $found to the newest stable ($wanted or newer is needed)"
    rustup update --no-self-update stable >/dev/null
  else
    give_up "Rust $found is too old, $wanted or newer is needed; install it from https://rustup.rs"
  fi
}

install_test_tools() {
  if have rustup; then
    cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 ||
      rustup component add rustfmt clippy >/dev/null
  fi
  if ! have cargo-nextest; then
    say "installing cargo-nextest (some minutes, once)"
    cargo install --locked --quiet cargo-nextest --version "^$nextest_version"
  fi
}

export PATH="$own_node/node_modules/node/bin:$PATH:$HOME/.cargo/bin"
if have apt-get; then install_debian; else require_elsewhere; fi
install_rust
check_rust
if [ "$goal" != run ]; then
  install_node
  install_node_packages
fi
if [ "$goal" = test ]; then install_test_tools; fi
