# Read by the shell of a build, in the sandbox: unpacks the source package as Debian does, its patches
# applied. Kiln has checked every file by then, so dpkg-source need not.
dpkg-source --no-check --extract /run/source/*.dsc tree
cd tree || exit 1
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog --show-field Timestamp)
export SOURCE_DATE_EPOCH
