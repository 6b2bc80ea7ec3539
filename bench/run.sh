#!/usr/bin/env bash
# Measures paxsim beside its naive twin and prints ratios (twin = 1). Takes
# about 15 seconds. Flags: -rounds N, -each DURATION.
set -euo pipefail
cd "$(dirname "$0")/.."
exec go run ./bench/cmd/sidebyside "$@"
