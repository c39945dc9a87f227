#!/usr/bin/env bash
# The product mark as pictures, as `src/ui/widgets/abacus.rs` paints it: zhanggui-*.png for the desktop, zhanggui.ico for Windows. Needs ImageMagick.
set -euo pipefail
cd "$(dirname "$0")"
# On a grid of 48, drawn 32 times as large.
unit=32
draw=()
rounded() { # x y width height radius colour
    local at
    at=$(awk -v x="$1" -v y="$2" -v w="$3" -v h="$4" -v r="$5" -v u=$unit 'BEGIN { printf "%d,%d %d,%d %d,%d", x*u, y*u, (x+w)*u-1, (y+h)*u-1, r*u, r*u }')
    draw+=(-fill "$6" -draw "roundrectangle $at")
}
bead() { rounded "$(awk -v x="$1" 'BEGIN { print x - 4.6 }')" "$(awk -v y="$2" 'BEGIN { print y - 2.6 }')" 9.2 5.2 2.6 "$3"; }
rounded 0 0 48 48 10.3 '#0E6A70'
bead 13.5 11 '#4E9A9E'; bead 34.5 11 '#4E9A9E'; bead 24 14 '#F3D58A'
rounded 7 18.5 34 2 1 '#8FC3C5'
for x in 13.5 24 34.5; do
    bead "$x" 25.5 '#FFFFFF'
    if [ "$x" = 24 ]; then bead "$x" 32 '#4E9A9E'; else bead "$x" 32 '#FFFFFF'; fi
    bead "$x" 38.8 '#4E9A9E'
done
large=$(mktemp --suffix .png)
trap 'rm -f "$large"' EXIT
convert -size $((48 * unit))x$((48 * unit)) xc:none "${draw[@]}" "PNG32:$large"
for side in 48 128 256; do
    convert "$large" -filter Lanczos -resize "${side}x$side" -strip "PNG32:zhanggui-$side.png"
done
convert "$large" -filter Lanczos -define icon:auto-resize=256,64,48,32,16 ../windows/zhanggui.ico
