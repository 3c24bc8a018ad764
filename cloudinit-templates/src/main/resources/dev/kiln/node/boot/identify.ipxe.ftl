#!ipxe
# Asks again, and says who asks. ${mac} is the card that was opened last: the one that booted.
:ask
chain --replace [=server]/ipxe?mac=${mac:hexhyp}&uuid=${uuid}&platform=${platform}&arch=${buildarch}&serial=${serial:uristring} || goto later
:later
echo The boot server does not answer. Asking again in 5 seconds.
sleep 5
goto ask
