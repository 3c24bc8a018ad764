# Installs the base system. Its packages' files are already in the tree, so that dpkg, a shell and
# what preinst scripts call are there from the start.

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
run_dpkg --force-depends --install /run/kiln/packages/base-passwd_*.deb
run_dpkg --force-depends --install /run/kiln/packages/base-files_*.deb
run_dpkg --force-depends --unpack /run/kiln/packages/*.deb

echo "configure the bootstrap set"
run_dpkg --configure --pending
finish
