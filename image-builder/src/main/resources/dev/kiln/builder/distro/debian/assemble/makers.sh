# Prints when which package's scripts first ran: a script is read when it is run, and the first time a file is read after it
# was made is kept as its time of access, however the file system counts later ones.
set -eu
find var/lib/dpkg/info \( -name '*.preinst' -o -name '*.postinst' \) -exec stat -c '%x %n' {} + |
  sed -E 's!^(.*) var/lib/dpkg/info/([^:]*)(:[a-z0-9-]+)?\.(pre|post)inst$!\1 \2!'
