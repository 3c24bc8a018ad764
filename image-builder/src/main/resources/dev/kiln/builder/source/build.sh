# Runs in the sandbox: makes a tree of the sources as their family does, and runs the profile's commands
# in it.
set -eu
cd /build
mkdir output tmp
# shellcheck source=/dev/null
. /build/unpack.sh
exec sh -eu /build/commands
