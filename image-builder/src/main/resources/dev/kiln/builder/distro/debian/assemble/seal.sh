# What apt, dpkg, debconf and the kernel's packages leave that is no part of the layer. Run by the kit's busybox with the
# tree as its root.
set -eu

# Caches: made again where they are missed.
rm -rf /var/cache/apt/*.bin /var/cache/apt/archives/*.deb /var/lib/apt/lists/* /var/cache/debconf/*-old

# States and locks of the bake itself.
rm -rf /var/lib/dpkg/*-old /var/lib/dpkg/lock* /var/lib/dpkg/triggers/Lock /var/lib/apt/extended_states

# Logs of what scripts compiled: they have the time in them.
if [ -d /var/lib/dkms ]; then find /var/lib/dkms -name make.log -exec rm -f {} +; fi
if [ -d /var/lib/texmf ]; then find /var/lib/texmf -name '*.log' -exec rm -f {} +; fi

# Answers to debconf's questions that are passwords: it does without the file.
rm -f /var/cache/debconf/passwords.dat

# The kernel lies beside the layer, and the initrd is Kiln's own.
rm -f /vmlinuz /vmlinuz.old /initrd.img /initrd.img.old
rm -f /boot/vmlinuz-* /boot/System.map-* /boot/initrd.img-*
