#!ipxe
echo Kiln:<#list reason as word> [=word]</#list>
:wait
echo Asking again in [=retrySeconds] seconds.
sleep [=retrySeconds]
chain --replace [=server]/boot.ipxe || goto wait
