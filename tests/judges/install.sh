#!/bin/sh
# Installs the judges that npm brings, by the exact versions of the lock file, into this folder.
# On Debian, apt-get install libical-dev gcc pkg-config zbar-tools nodejs default-jre-headless brings the others.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --ignore-scripts
