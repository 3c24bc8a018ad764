# Written by Kiln: the time servers of the zone.
<#list servers as server>
[=server.directive] [=server.host] iburst
</#list>
