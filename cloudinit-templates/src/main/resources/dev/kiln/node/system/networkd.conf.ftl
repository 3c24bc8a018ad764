# Written by Kiln: routes and rules that network add-ons make stay when networkd starts anew.
[Network]
ManageForeignRoutes=no
<#if systemd gte 249>
ManageForeignRoutingPolicyRules=no
</#if>
