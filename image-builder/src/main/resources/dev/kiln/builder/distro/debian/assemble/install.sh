# Installs every package with the target's own dpkg, in the sandbox. The bootstrap set's files are
# already in the tree, so that dpkg, a shell and what preinst scripts call are there from the start.
# /run/kiln/packages/{first,rest}/*.deb is the whole set; the first part is the bootstrap set.
set -eu
umask 022
# Nobody answers, whoever asks.
exec < /dev/null

# What dpkg is told: one power cut less to fear (a bake that was cut off starts anew), and no
# questions about configuration files.
dpkg="dpkg --force-unsafe-io --force-confnew --log=/dev/null"

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

# A machine's own names, as Debian's installer writes them: scripts look them up, and so do nodes.
[ -e /etc/hosts ] || cat > /etc/hosts << 'END'
127.0.0.1	localhost
::1	localhost ip6-localhost ip6-loopback
ff02::1	ip6-allnodes
ff02::2	ip6-allrouters
END

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
  # No private key is ever made in a bake: openssh-server makes none where files stand. seal.sh takes
  # them away.
  if [ -d /etc/ssh ]; then
    for kind in rsa ecdsa ed25519; do : > "/etc/ssh/ssh_host_${kind}_key"; done
  fi
  # Compiling Python's modules is a tenth of all the work, and no script waits for what comes of it:
  # it is done beside the scripts, in the order in which they ask for it. Where there is no Python,
  # scripts that look for py3compile find none.
  if [ -x /usr/bin/py3compile ]; then
    mkfifo /run/kiln/modules
    printf '#!/bin/sh\necho "$@" > /run/kiln/modules\n' > /run/kiln/bin/py3compile
    chmod 0755 /run/kiln/bin/py3compile
    # Open for reading too: no script waits for a worker that died. 'wait' tells of its end.
    exec 8<> /run/kiln/modules
    xargs -r -L 1 /usr/bin/py3compile < /run/kiln/modules 8>&- &
    compiler=$!
    # Without that descriptor: a process that a script left behind would keep it open.
    $dpkg --configure --pending 8>&-
    exec 8>&-
    wait "$compiler" || {
      echo "py3compile could not compile a package's modules" >&2
      exit 1
    }
  else
    $dpkg --configure --pending
  fi
fi

rm /usr/sbin/policy-rc.d
dpkg --audit > /run/kiln/audit
if [ -s /run/kiln/audit ]; then
  cat /run/kiln/audit
  exit 1
fi
