#!/bin/sh
# Installs the judges that npm brings, by the exact versions of the lock file, into this folder.
# On Debian, apt-get install brings the others: chromium default-jre-headless gcc libical-dev nodejs
# pkg-config zbar-tools
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --ignore-scripts
