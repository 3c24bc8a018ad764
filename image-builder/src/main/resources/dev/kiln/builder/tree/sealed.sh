# Takes paths out of the tree that is its root: seal.sh GOES... -- STAYS... -- PROGRAMS...
# Where a path or a program is not there, says so for each, and takes nothing out.
set -eu

part=goes
lacking=false
: > /run/goes
for path in "$@"; do
  if [ "$path" = -- ]; then
    case $part in
      goes) part=stays ;;
      *) part=programs ;;
    esac
  elif [ "$part" = programs ]; then
    if [ ! -x "$path" ]; then echo "program $path" && lacking=true; fi
  elif [ ! -e "$path" ] && [ ! -L "$path" ]; then
    echo "path $path" && lacking=true
  elif [ "$part" = goes ]; then
    printf '%s\n' "$path" >> /run/goes
  fi
done
if "$lacking"; then exit 0; fi
tr '\n' '\0' < /run/goes | xargs -0 -r rm -rf
