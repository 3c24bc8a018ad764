#!ipxe
echo Kiln: this is [=machine]
imgfree
kernel [=image]vmlinuz<#list arguments as argument> [=argument]</#list> || goto failed
initrd --name initrd [=image]initrd || goto failed
boot || goto failed
:failed
echo Kiln: the image did not load. Asking again in [=retrySeconds] seconds.
imgfree
sleep [=retrySeconds]
chain --replace [=server]/boot.ipxe || goto failed
