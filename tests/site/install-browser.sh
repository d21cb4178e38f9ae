#!/bin/sh
# The browser that the site's tests drive, and Chinese fonts for it: Debian's packages, those that are missing.
set -eu
has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_fonts() { fc-list ':lang=zh' 2>/dev/null | grep -q .; }

missing=
has_browser >/dev/null || missing="chromium"
has_fonts || missing="$missing fonts-noto-cjk fontconfig"
if [ -z "$missing" ]; then
  echo "Browser and Chinese fonts are here: $(has_browser)"
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "install-browser: missing: $missing; and there is no apt-get." >&2
  echo "    Install Chromium and Noto CJK fonts with the system's own means." >&2
  exit 2
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "install-browser: root or sudo is needed to install $missing" >&2; exit 2; }
  as_root=sudo
fi
echo "Installing $missing (some minutes, once)"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # several packages
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
has_browser >/dev/null || { echo "install-browser: the package brought no browser" >&2; exit 2; }
