# Takes paths out of the tree that is its root: sealed.sh GOES... -- STAYS... -- PROGRAMS...
# Where a path or a program is not there, says so for each, and takes nothing out.
set -eu

part=goes
lacking=false
: > /run/goes
lack() { # WHAT
  echo "$1"
  lacking=true
}
for path in "$@"; do
  case $part$path in
    goes--) part=stays ;;
    stays--) part=programs ;;
    programs*) [ -x "$path" ] || lack "program $path" ;;
    *)
      [ -e "$path" ] || [ -L "$path" ] || lack "path $path"
      [ "$part" = stays ] || printf '%s\n' "$path" >> /run/goes
      ;;
  esac
done
if "$lacking"; then exit 0; fi
tr '\n' '\0' < /run/goes | xargs -0 -r rm -rf
