#!/usr/bin/env bash
# Runs a command with a Docker engine and the image of DynamoDB Local: the tests on the container engine, above all.
#
#   bash scripts/with-docker.sh vitest run --project engine
#
# On Debian and Ubuntu, as root, it installs and starts what is missing, and stops what it has started. Elsewhere it says how.
set -euo pipefail
cd "$(dirname "$0")/.."

image=${DYNAMODB_LOCAL_IMAGE:-amazon/dynamodb-local:3.3.1}
work=$(mktemp -d)
dockerd_pid=

say() { echo "with-docker: $*" >&2; }
die() { say "$*"; exit 1; }

# shellcheck disable=SC2329 # called by the trap
clean_up() {
  if [ -n "$dockerd_pid" ]; then
    kill "$dockerd_pid" 2>/dev/null || true
    for _ in $(seq 100); do kill -0 "$dockerd_pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$dockerd_pid" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap clean_up EXIT

docker_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

start_dockerd() {
  dockerd "$@" >"$work/dockerd.log" 2>&1 </dev/null &
  dockerd_pid=$!
  for _ in $(seq 150); do
    docker_answers && return 0
    kill -0 "$dockerd_pid" 2>/dev/null || break
    sleep 0.2
  done
  kill "$dockerd_pid" 2>/dev/null || true
  wait "$dockerd_pid" 2>/dev/null || true
  dockerd_pid=
  return 1
}

if ! docker_answers; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    die 'no Docker engine answers, and this can only install and start one as root on Debian or Ubuntu.
  Linux    sudo systemctl start docker, or install it: https://docs.docker.com/engine/install
  macOS    open -a Docker, or: brew install --cask docker
  Windows  start Docker Desktop, and run this inside WSL
  any      another engine for tests: pnpm test:engine takes the best that is there'
  fi
  bash scripts/install-docker.sh || die 'Docker could not be installed: apt-get install docker.io says why'
  # Inside a container the default storage driver may not work: vfs is slow, and works everywhere.
  start_dockerd || start_dockerd --storage-driver=vfs ||
    die "dockerd does not start here. Its log ends with:
$(tail -n 20 "$work/dockerd.log")"
fi

if ! docker image inspect "$image" >/dev/null 2>&1 && ! timeout 300 docker pull --quiet "$image"; then
  say "$image can't be pulled: building a stand-in"
  if ! command -v jlink >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends openjdk-17-jdk-headless ||
      die 'there is no JDK to build it with: apt-get install openjdk-17-jdk-headless'
  fi
  bash scripts/dynamodb-local-image.sh || die "$image can neither be pulled nor built: docker pull $image"
fi

# A run on another engine would not be one on this: no fallback.
export DYNAMODB_ENGINE=container
"$@"
