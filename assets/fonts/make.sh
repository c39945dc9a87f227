#!/bin/sh
# Makes the font files beside this script anew. Needs npm, python3 and fonttools (pip install fonttools).
# Sources: Noto Sans SC and Source Sans 3 (OFL), Phosphor (MIT), all from their npm packages.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/source-sans-3@0.4.1 @phosphor-icons/web@2.1.2 >/dev/null
for archive in *.tgz; do
    mkdir "${archive%.tgz}"
    tar -xzf "$archive" -C "${archive%.tgz}"
done
noto=$(echo expo-google-fonts-noto-sans-sc-*/package)
latin=$(echo expo-google-fonts-source-sans-3-*/package)
phosphor=$(echo phosphor-icons-web-*/package)
python3 "$here/subset.py" "$here" "$noto" "$latin" "$phosphor"
cp "$noto/LICENSE_FONT" "$here/NotoSansSC-LICENSE.txt"
cp "$latin/LICENSE_FONT" "$here/LatinExt-LICENSE.txt"
cp "$phosphor/LICENSE" "$here/Phosphor-LICENSE.txt"
ls -l "$here"
