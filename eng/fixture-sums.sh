#!/usr/bin/env bash
# Writes tests/fixtures/SHA256SUMS: run it after adding or replacing fixtures on purpose.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../tests/fixtures"
find . -type f ! -name 'SHA256SUMS*' -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum > SHA256SUMS.new
mv SHA256SUMS.new SHA256SUMS
echo "$(wc -l < SHA256SUMS) files listed"
