# Written by Kiln: images hold no host keys, so each machine makes its own.
# cloud-init knows the unit by this name.
[Unit]
Description=Make the SSH host keys of this machine
Before=[=server]
ConditionPathExists=!/etc/ssh/ssh_host_ed25519_key

[Service]
Type=oneshot
RemainAfterExit=yes
# What an interrupted run left is made again; the key of the condition comes last.
ExecStart=/bin/rm -f /etc/ssh/ssh_host_ecdsa_key /etc/ssh/ssh_host_ecdsa_key.pub
ExecStart=/usr/bin/ssh-keygen -q -t ecdsa -N "" -C "" -f /etc/ssh/ssh_host_ecdsa_key
ExecStart=/usr/bin/ssh-keygen -q -t ed25519 -N "" -C "" -f /etc/ssh/ssh_host_ed25519_key
