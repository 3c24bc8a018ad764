# Written by Kiln: where the zone finds what [=registry] has.
server = "[=server]"
<#list mirrors as mirror>

[host."[=mirror.address]"]
  capabilities = ["pull", "resolve"]
<#if mirror.hasPath>
  override_path = true
</#if>
</#list>
