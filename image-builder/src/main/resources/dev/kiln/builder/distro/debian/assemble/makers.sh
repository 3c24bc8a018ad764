# Prints when which package's scripts first ran: a script is read when it is run, and the first time a file is read after it
# was made is kept as its time of access, however the file system counts later ones. Where nobody read one, that is no later
# than the time of the file itself.
set -eu
find var/lib/dpkg/info \( -name '*.preinst' -o -name '*.postinst' \) -exec stat -c '%X %Y %x %n' {} + |
  awk '$1 > $2' |
  sed -E 's!^[0-9]+ [0-9]+ (.*) var/lib/dpkg/info/([^:]*)(:[a-z0-9-]+)?\.(pre|post)inst$!\1 \2!'
