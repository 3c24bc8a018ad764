# Written by Kiln: the kernel modules that this node loads at boot.
<#list modules as name, why>
# [=why]
[=name]
</#list>
