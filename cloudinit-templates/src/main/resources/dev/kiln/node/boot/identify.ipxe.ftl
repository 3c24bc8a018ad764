#!ipxe
# Asks again, and says who asks. ${mac} is the card that was opened last: the one that booted.
isset ${kiln-card} || set kiln-card ${netX/ifname} ||
:ask
# Whoever waits comes by here in every round, and in some of them asks for its address again, so
# that no lease ends while it waits.
inc kiln-rounds-[=rounds]
iseq ${kiln-rounds-[=rounds]} [=rounds] || goto say
clear kiln-rounds-[=rounds]
# iPXE closes a card that gets no answer: what it had before is good for a while yet.
dhcp ${kiln-card} || ifopen ${kiln-card} ||
:say
chain --replace [=server]/ipxe?mac=${mac:hexhyp}&uuid=${uuid}&platform=${platform}&arch=${buildarch}&serial=${serial:uristring} || goto later
:later
echo The boot server does not answer. Asking again in 5 seconds.
sleep 5
goto ask
