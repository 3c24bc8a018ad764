# Written by Kiln: the distribution's settings, with the time servers of the zone<#if !servers?has_content> in sources.d</#if>.
<#list places as line>
[=line]
</#list>
<#list servers as server>
[=server.directive] [=server.host] iburst
</#list>
maxupdateskew 100.0
rtcsync
# A machine whose clock is wrong at boot is set right at once, before anything trusts its time.
makestep 1 3
leapsectz right/UTC
