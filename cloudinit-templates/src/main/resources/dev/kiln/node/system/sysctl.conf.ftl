# Written by Kiln: the kernel settings of a Kubernetes node.
<#list sysctls as key, sysctl>
# [=sysctl.why]
[=key] = [=sysctl.value]
</#list>
