# Runs in the sandbox: unpacks the source package as Debian does, its patches applied, and runs the
# profile's commands in it. Kiln has checked every file by then, so dpkg-source need not.
set -eu
cd /build
mkdir output tmp
dpkg-source --no-check --extract /run/source/*.dsc tree
cd tree
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog --show-field Timestamp)
export SOURCE_DATE_EPOCH
exec sh -eu /build/commands
