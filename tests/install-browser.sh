#!/usr/bin/env bash
# The journeys run in a real Chromium, and the Nu HTML checker needs Java. Where either is missing,
# it comes from Debian's packages.
set -euo pipefail

missing=()
if [ -z "${SECONDSIGHT_BROWSER:-}" ] && ! command -v chromium chromium-browser google-chrome > /dev/null; then
  missing+=(chromium fonts-dejavu)
fi
command -v java > /dev/null || missing+=(default-jre-headless)
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get > /dev/null; then
  echo "tests: ${missing[*]} not found; install Chromium and Java and run this again" >&2
  exit 1
fi
as_root=$([ "$(id -u)" -eq 0 ] || echo sudo)
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "${missing[@]}" > /dev/null
