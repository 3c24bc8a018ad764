# Installs every package with the target's own dpkg, in the sandbox. The bootstrap set's files are
# already in the tree, so that dpkg, a shell and what preinst scripts call are there from the start.
# /run/kiln/packages/{first,rest}/*.deb is the whole set; the first part is the bootstrap set.
set -eu
umask 022

# What dpkg is told: one power cut less to fear (a bake that was cut off starts anew), and no
# questions about configuration files.
dpkg="dpkg --force-unsafe-io --force-confnew --log=/dev/null"

# Maintainer scripts may not start services (Debian policy 9.3.3, invoke-rc.d(8)).
printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d

mkdir -p /var/lib/dpkg/info /var/lib/dpkg/updates
: > /var/lib/dpkg/status
: > /var/lib/dpkg/available

echo "unpack the bootstrap set"
# Users and directories before the scripts that need them. Inside the bootstrap set nothing can wait
# for anything else to be configured: the order is broken once, here, knowingly.
$dpkg --force-depends --install /run/kiln/packages/first/base-passwd_*.deb
$dpkg --force-depends --install /run/kiln/packages/first/base-files_*.deb
$dpkg --force-depends --unpack /run/kiln/packages/first/*.deb

echo "configure the bootstrap set"
$dpkg --configure --pending

if [ -n "$(ls /run/kiln/packages/rest)" ]; then
  echo "unpack the packages"
  # Their Pre-Depends are in the bootstrap set and configured: nothing is forced here but the order.
  $dpkg --unpack /run/kiln/packages/rest/*.deb
  echo "configure the packages"
  $dpkg --configure --pending
fi

rm /usr/sbin/policy-rc.d
dpkg --audit > /run/kiln/audit
if [ -s /run/kiln/audit ]; then
  cat /run/kiln/audit
  exit 1
fi
