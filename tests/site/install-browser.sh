#!/bin/sh
# The browser that the site's tests drive, and Chinese fonts for it: Debian's packages, installed where they are missing.
set -eu
browser=/usr/bin/chromium
has_fonts() { fc-list ':lang=zh' 2>/dev/null | grep -q .; }

if [ -x "$browser" ] && has_fonts; then
  echo "$browser and Chinese fonts are here"
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "install-browser: $browser or Chinese fonts are missing and apt-get is not here." >&2
  echo "    Install Chromium as $browser, and Noto CJK fonts, with the system's own means." >&2
  exit 2
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "install-browser: needs root or sudo to install chromium fonts-noto-cjk" >&2; exit 2; }
  as_root=sudo
fi
echo "Installing chromium and fonts-noto-cjk (some minutes, once)"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig
# Ubuntu's package of that name only leads to a snap, which has another path.
[ -x "$browser" ] || { echo "install-browser: the package chromium brought no $browser" >&2; exit 2; }
