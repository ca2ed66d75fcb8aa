#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Finds or installs a Chromium for the browser tests, GNU gettext for the translation test and Pango
# for the PDF.
# Usage: install.sh BIN   (BIN: the virtual environment's bin folder)
set -eu
bin=$1

have() { command -v "$1" >/dev/null 2>&1; }
have_chromium() {
  [ -n "${HIPFIRST_CHROMIUM:-}" ] || have chromium ||
    ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-* >/dev/null 2>&1
}

have_pango() { "$bin/python" -c "import weasyprint" >/dev/null 2>&1; }

wanted=""
have_chromium || wanted="chromium"
have xgettext || wanted="$wanted gettext"
have_pango || wanted="$wanted libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
[ -n "$wanted" ] || exit 0

if have apt-get && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $wanted >/dev/null || true
fi
have_chromium || "$bin/playwright" install chromium || true

missing=""
have_chromium || missing="a Chromium (Debian: apt-get install chromium; or set HIPFIRST_CHROMIUM)"
have xgettext || missing="$missing GNU gettext (Debian: apt-get install gettext)"
have_pango || missing="$missing Pango (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)"
[ -z "$missing" ] || { echo "The tests need: $missing" >&2; exit 1; }
