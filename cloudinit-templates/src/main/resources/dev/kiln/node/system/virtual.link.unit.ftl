# Written by Kiln: network add-ons choose the addresses of their own devices.
[Match]
<#if systemd gte 251>
Kind=bridge veth vxlan geneve dummy
<#else>
Driver=bridge veth vxlan geneve dummy
</#if>

[Link]
MACAddressPolicy=none
