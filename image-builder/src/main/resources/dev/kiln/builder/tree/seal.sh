# Takes out of the tree what differs from bake to bake or must differ from node to node, whatever
# distribution it is. Run by the kit's busybox with the tree as its root, before what the family has
# to add; every path stands here with its reason.
set -eu

# Identity: systemd makes a machine-id at first boot where the file is there and empty (not deleted:
# it must be a place to mount over); the initrd's overlay makes /etc writable.
: > /etc/machine-id
rm -f /var/lib/dbus/machine-id
ln -s /etc/machine-id /var/lib/dbus/machine-id 2> /dev/null || :
rm -f /etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_*_key.pub
rm -f /etc/hostid
# open-iscsi: where the file asks for a name, one is made before the daemon starts; without the file it does not start.
if [ -e /etc/iscsi/initiatorname.iscsi ]; then
  rm /etc/iscsi/initiatorname.iscsi
  echo GenerateName=yes > /etc/iscsi/initiatorname.iscsi
fi
# nvme-cli: without them the machine's UUID is taken.
rm -f /etc/nvme/hostid /etc/nvme/hostnqn
rm -rf /var/lib/cloud /var/lib/systemd/random-seed /var/lib/systemd/credential.secret /var/lib/urandom/random-seed
rm -f /etc/hostname /etc/resolv.conf
rm -f /var/lib/dhcp/*.leases

# Caches: made again where they are missed.
rm -rf /var/cache/ldconfig/aux-cache /var/cache/fontconfig/* /var/cache/man/*

# Logs of the bake itself.
find /var/log -type f -exec rm -f {} +

# Locks and backups of the user database; the day a password was set is the day of the bake.
rm -f /etc/.pwd.lock /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid-
sed -i 's/^\([^:]*:[^:]*\):[0-9]*:/\1::/' /etc/shadow
