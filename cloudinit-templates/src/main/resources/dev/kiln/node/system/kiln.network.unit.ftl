# Written by Kiln: every network card of a machine asks for its address.
[Match]
<#if systemd gte 251>
Type=ether
# Cards, and not the bridges, pairs and tunnels that network add-ons make.
Kind=!*
<#else>
# Cards by their names, and not the bridges, pairs and tunnels that network add-ons make.
Name=en* eth*
</#if>

[Network]
DHCP=ipv4
<#if systemd gte 231>
IPv6AcceptRA=yes
</#if>

<#if systemd gte 243>
[DHCPv4]
<#else>
[DHCP]
</#if>
<#if systemd gte 220>
# The firmware and the initrd asked by the card's address: so the server knows the machine again.
ClientIdentifier=mac
</#if>
UseDomains=yes
