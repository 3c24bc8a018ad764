# Tells what packages brought into the tree at /run/tree from what their scripts made or changed
# there. The latter gets the time $NEWEST, as all directories do, whatever this machine's clock said
# meanwhile; what of it looks like a secret is printed, a line each, and what is at which path.
# Run by the kit's busybox, which finds on standard input what stat says of each file that has the
# time its package gave it. $KEPT has a line for each path that may be whatever it is; $MAKERS prints
# when which package's scripts ran.
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

printf '%s\n' "$KEPT" > /run/kept
# Before anything of the tree is read here: their times of access tell.
sh -c "$MAKERS" | sed 's/^/maker	/' > /run/makers
# As lines that no path looks like where no file has its package's time: awk takes the first file to
# end where the lines of the second begin.
{ echo packages; cat; } > /run/packages
find . -xdev ! -type d -print0 | xargs -0 -r stat -c '%A %s %y %n' > /run/files
# Nobody else gets to what is below, whatever its own mode.
find . -xdev -type d ! -perm -0001 > /run/closed
: > /run/brought
: > /run/made
: > /run/readable
: > /run/private
: > /run/unlike
awk '
  FILENAME == "/run/kept" { kept[$0]; next }
  FILENAME == "/run/closed" { closed[$0]; next }
  FILENAME == "/run/packages" { own[$0]; next }
  {
    path = substr($0, index($0, " ./") + 1)
    whole = $1 ~ /^-/ && $2 > 0
    if (($3 " " $4 " " $5 " " path) in own) {
      if (whole) print $2, path > "/run/brought"
      next
    }
    print path > "/run/made"
    if (!whole || path ~ /^\.\/(dev|proc|run|sys|tmp)\//) next
    hidden = substr($1, 8, 3) == "---"
    for (above = path; above != "."; sub(/\/[^\/]*$/, "", above)) {
      if (substr(above, 2) in kept) next
      if (above in closed) hidden = 1
    }
    # They have the time in them: the certificates of Java, the formats of TeX.
    if (path ~ /^\.\/etc\/ssl\/certs\/java\/cacerts$|^\.\/var\/lib\/texmf\/web2c\/.*\.fmt$/) print path > "/run/unlike"
    else if (hidden) print $2, path > "/run/private"
    else if ($2 <= 16777216 && path !~ /\.pyc$/) print path > "/run/readable"
  }' /run/kept /run/closed /run/packages /run/files

secret() { # WHY PATH
  stat -c "secret	$1	%A	%u:%g	%z	%n" "$2"
}
public() { # SIZE PATH: whether some package brings the same bytes, which everybody may read there
  awk -v size="$1" '$1 == size { print substr($0, index($0, " ./") + 1) }' /run/brought > /run/alike
  while IFS= read -r other; do
    if cmp -s "$2" "$other"; then return; fi
  done < /run/alike
  return 1
}
while IFS= read -r line; do
  size=${line%% *}
  path=${line#* }
  case $path in
    # Files of users' passwords: what stands there as one is none.
    ./etc/shadow | ./etc/gshadow) if grep -q '^[^:]*:[^:!*]' "$path"; then secret password "$path"; fi ;;
    *) public "$size" "$path" || secret private "$path" ;;
  esac
done < /run/private
# Keys that everybody may read, and stores of keys.
{
  tr '\n' '\0' < /run/readable |
    { xargs -0 -r grep -l -F -e 'PRIVATE KEY' || [ $? -eq 123 ]; } |
    tr '\n' '\0' |
    xargs -0 -r grep -l -E -e '^[[:space:]]*-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----' || [ $? -eq 123 ]
  grep -E '\.(keytab|p12|pfx|jks|keystore|bks)$' /run/readable || [ $? -eq 1 ]
} | sort -u > /run/keys
while IFS= read -r path; do
  public "$(stat -c %s "$path")" "$path" || secret key "$path"
done < /run/keys
while IFS= read -r path; do secret unlike "$path"; done < /run/unlike
cat /run/makers

# What layers leave out is not there.
awk '
  { path = substr($0, index($0, " ./") + 2) }
  path !~ /^\/(dev|proc|run|sys|tmp)\// { print "path\t" substr($1, 1, 1) "\t." path }' /run/files
find . -xdev -mindepth 1 -type d | awk '!/^\.\/(dev|proc|run|sys|tmp)\// { print "path\td\t" $0 }'

tr '\n' '\0' < /run/made | xargs -0 -r touch -h -d "@$NEWEST"
find . -xdev -type d -print0 | xargs -0 touch -h -d "@$NEWEST"
