# Written by Kiln: keys and nothing else open this machine.
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
X11Forwarding no
# Made at first boot by sshd-keygen.service.
HostKey /etc/ssh/ssh_host_ed25519_key
HostKey /etc/ssh/ssh_host_ecdsa_key
<#list more as line>
[=line]
</#list>
