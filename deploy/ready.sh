#!/usr/bin/env bash
# Exit 0 when this container's Weir is ready: GET /readyz answers 200. Needs nothing but bash, which the image has.
# Usage: ready.sh [PORT], 8080 if not given.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${1:-8080}"
printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
IFS= read -r -t 4 status <&3
[[ $status == 'HTTP/1.1 200 '* ]]
