# How packages are installed: with the target's own dpkg, in the sandbox, from
# /run/kiln/packages/*.deb. What these lines prepare, finish takes away.
set -eu
umask 022
# Nobody answers, whoever asks.
exec < /dev/null

# What dpkg is told: one power cut less to fear (a bake that was cut off starts anew), and no
# questions about configuration files.
run_dpkg() {
  dpkg --force-unsafe-io --force-confnew --log=/dev/null "$@"
}

# Maintainer scripts may not start services (Debian policy 9.3.3, invoke-rc.d(8)).
printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d

# Programs that maintainer scripts find before the tree's own; nothing of it stays in the tree.
mkdir /run/kiln/bin
PATH=/run/kiln/bin:$PATH
# There is no init to restart and nothing to wait for, as in a chroot.
printf '#!/bin/sh\nexit 0\n' > /run/kiln/bin/ischroot
# No service is started by those either that do not ask policy-rc.d, as debootstrap has it.
printf '#!/bin/sh\necho "no service is started while an image is made" >&2\n' \
  > /run/kiln/bin/start-stop-daemon
chmod 0755 /run/kiln/bin/ischroot /run/kiln/bin/start-stop-daemon

finish() {
  rm /usr/sbin/policy-rc.d
  dpkg --audit > /run/kiln/audit
  if [ -s /run/kiln/audit ]; then
    cat /run/kiln/audit
    exit 1
  fi
}

