# Written by Kiln: <#if systemd gte 242>one card with an address is enough, and </#if>a machine without any still boots.
[Service]
ExecStart=
ExecStart=-[=programs]/systemd-networkd-wait-online<#if systemd gte 242> --any</#if> --timeout=60
