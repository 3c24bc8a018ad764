# Written by Kiln: images do not hold what stands here, so each machine makes its own.
[Unit]
Description=Make [=first] of this machine
DefaultDependencies=no
Conflicts=shutdown.target
After=sysinit.target
Before=basic.target shutdown.target
<#list paths as path>
ConditionPathExists=|![=path]
</#list>

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=<#list command as word>[=word]<#sep> </#sep></#list>
