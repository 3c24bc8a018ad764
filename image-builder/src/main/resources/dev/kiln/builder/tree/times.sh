# Gives every path of the tree at /run/tree its time, whatever this machine's clock said meanwhile.
# Run by the kit's busybox, which finds on standard input what stat says of each file that has the
# time its package gave it. Such a file keeps it; all others and all directories get $NEWEST.
set -eu
set -o pipefail
cd /run/tree

# What scripts wrote to /tmp: no part of a layer, under any name.
rm -rf tmp/kiln.*

line_feed='
'
broken=$(find . -xdev -name "*$line_feed*" -print0 -quit | tr '\0\n' ' ?')
if [ -n "$broken" ]; then
  echo "there is a line feed in the name of $broken"
  exit 1
fi

# As lines that no path looks like where no file has its package's time: awk takes the first file to
# end where the lines of the second begin.
{ echo packages; cat; } > /run/packages
find . -xdev ! -type d -print0 | xargs -0 -r stat -c '%y %n' > /run/tree-times
awk 'FNR == NR { own[$0]; next } !($0 in own) { print substr($0, index($0, " ./") + 1) }' \
  /run/packages /run/tree-times | tr '\n' '\0' | xargs -0 -r touch -h -d "@$NEWEST"
find . -xdev -type d -print0 | xargs -0 touch -h -d "@$NEWEST"
