#!/usr/bin/env bash
# Writes every lock anew from the members' declared dependencies: the workspace's and one for each
# image. Locks hold versions and hashes, and no download address.
set -euo pipefail
cd "$(dirname "$0")/.."

uv lock "$@"
export_options=(--no-emit-workspace --no-header --format requirements-txt --frozen --quiet)
uv export --all-packages "${export_options[@]}" --output-file requirements.lock
for service in ingest aggregator awards; do
  uv export --package "birge-${service}" --no-dev --no-annotate "${export_options[@]}" \
    --output-file "deploy/locks/${service}.lock"
done
printf 'uv_build>=0.13,<0.14\n' \
  | uv pip compile - --generate-hashes --no-header --no-annotate --quiet \
      --output-file deploy/locks/build.lock
