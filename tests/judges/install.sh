#!/bin/sh
# Installs the judges that npm and PyPI bring into this folder, by exact versions. On Debian,
# apt-get install brings the others: chromium default-jre-headless gcc libical-dev nodejs pkg-config
# python3-venv zbar-tools
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --ignore-scripts

python3 -m venv .c3voc
grep '^c3voc' c3voc.txt | .c3voc/bin/pip install -q --no-deps -r /dev/stdin
grep -v '^c3voc' c3voc.txt | .c3voc/bin/pip install -q -r /dev/stdin
