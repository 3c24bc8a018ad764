# Written by Kiln: names come from the servers that DHCP names, and from nobody else on the link.
[Resolve]
LLMNR=no
<#if systemd gte 229>
MulticastDNS=no
</#if>
