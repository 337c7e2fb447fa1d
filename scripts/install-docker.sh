#!/usr/bin/env bash
# Installs the Docker engine and its command from the packages of Debian or Ubuntu. Does nothing where both are there.
set -euo pipefail

die() { echo "install-docker: $*" >&2; exit 1; }

command -v dockerd >/dev/null && command -v docker >/dev/null && exit 0
command -v apt-get >/dev/null || die 'this machine has no apt-get; see https://docs.docker.com/engine/install'
[ "$(id -u)" = 0 ] || die 'needs root: sudo bash scripts/install-docker.sh'

export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q --no-install-recommends docker.io
# From Debian 13 on the command is a package of its own.
command -v docker >/dev/null || apt-get install -y -q --no-install-recommends docker-cli
command -v dockerd >/dev/null || die 'apt-get installed docker.io, and there is still no dockerd'
