# Installs packages into a tree that has the base system.
if [ -z "$(ls /run/kiln/packages)" ]; then
  finish
  exit 0
fi

echo "unpack the packages"
# Their Pre-Depends are in the base system: nothing is forced here but the order.
run_dpkg --unpack /run/kiln/packages/*.deb

echo "configure the packages"
# No private key is ever made in a bake: openssh-server makes none where files stand. seal.sh takes
# them away.
if [ -d /etc/ssh ]; then
  for kind in rsa ecdsa ed25519; do : > "/etc/ssh/ssh_host_${kind}_key"; done
fi
# Compiling Python's modules is a tenth of all the work, and no script waits for what comes of it:
# it is done beside the scripts, begun in the order in which they ask for it, a package's for each
# processor. Where there is no Python, scripts that look for py3compile find none.
if [ -x /usr/bin/py3compile ]; then
  mkfifo /run/kiln/modules
  printf '#!/bin/sh\necho "$@" > /run/kiln/modules\n' > /run/kiln/bin/py3compile
  chmod 0755 /run/kiln/bin/py3compile
  # Open for reading too: no script waits for a worker that died. 'wait' tells of its end.
  exec 8<> /run/kiln/modules
  xargs -r -L 1 -P "$(nproc)" /usr/bin/py3compile < /run/kiln/modules 8>&- &
  compiler=$!
  # Without that descriptor: a process that a script left behind would keep it open.
  run_dpkg --configure --pending 8>&-
  exec 8>&-
  wait "$compiler" || {
    echo "py3compile could not compile a package's modules" >&2
    exit 1
  }
else
  run_dpkg --configure --pending
fi
finish
