# What apt, dpkg and debconf leave that differs from bake to bake. Run by the kit's busybox with the
# tree as its root.
set -eu

# Caches: made again where they are missed.
rm -rf /var/cache/apt/*.bin /var/cache/apt/archives/*.deb /var/lib/apt/lists/* /var/cache/debconf/*-old

# States and locks of the bake itself.
rm -rf /var/lib/dpkg/*-old /var/lib/dpkg/lock* /var/lib/dpkg/triggers/Lock /var/lib/apt/extended_states
