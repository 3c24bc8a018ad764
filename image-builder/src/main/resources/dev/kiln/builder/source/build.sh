# Runs in the sandbox: makes a tree of the sources as their family does, and runs the profile's commands
# in it. On disk: /tmp of a sandbox may be small.
set -eu
mkdir /build /build/output /build/tmp
cd /build
# shellcheck source=/dev/null
. /run/build/unpack.sh
exec sh -eu /run/build/commands
