package dev.kiln.node.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpxeScriptTest {
  private static final URI SERVER = URI.create("http://10.77.0.1:8080");
  private static final URI IMAGE = URI.create("http://10.77.0.1:8080/images/abc/");

  @Test
  void asksAgainWithTheIdentityOfTheMachine() {
    assertThat(IpxeScript.identify(SERVER, 90))
        .startsWith("#!ipxe\n")
        .contains(
            "chain --replace http://10.77.0.1:8080/ipxe?mac=${mac:hexhyp}&uuid=${uuid}"
                + "&platform=${platform}&arch=${buildarch}&serial=${serial:uristring} || goto later\n");
  }

  @Test
  void asksForItsAddressAgainInSomeRoundsByTheCardThatBooted() {
    assertThat(IpxeScript.identify(SERVER, 90))
        .contains("isset ${kiln-card} || set kiln-card ${netX/ifname} ||\n:ask\n")
        .contains(
            """
            inc kiln-rounds-90
            iseq ${kiln-rounds-90} 90 || goto say
            clear kiln-rounds-90
            """)
        .contains("dhcp ${kiln-card} || ifopen ${kiln-card} ||\n:say\nchain ")
        .endsWith("goto ask\n");
  }

  @Test
  void loadsKernelAndInitrdWithOneWordForEachArgument() {
    KernelCommandLine line =
        new KernelCommandLine(
            List.of("ds=nocloud-net;s=http://10.77.0.1/nocloud/a/", "console=ttyS0"));

    assertThat(IpxeScript.boot(SERVER, "node-1", IMAGE, line, 10))
        .contains(
            "kernel http://10.77.0.1:8080/images/abc/vmlinuz"
                + " ds=nocloud-net;s=http://10.77.0.1/nocloud/a/ console=ttyS0 || goto failed\n"
                + "initrd --name initrd http://10.77.0.1:8080/images/abc/initrd || goto failed\n"
                + "boot || goto failed\n");
  }

  @Test
  void waitsAndAsksAgainForEver() {
    assertThat(IpxeScript.waiting(SERVER, "52:54:00:12:34:56 is in no file", 12))
        .contains("echo Kiln: 52:54:00:12:34:56 is in no file\n")
        .contains("sleep 12\nchain --replace http://10.77.0.1:8080/boot.ipxe || goto wait\n");
  }

  @Test
  void leavesOutWordsOfAReasonThatWouldEndTheCommand() {
    assertThat(IpxeScript.waiting(SERVER, "a && shell\nb ${net0/mac} #c ; ü d", 1))
        .contains("echo Kiln: a shell b d\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "a\nshell", "${net0/mac}", "&&", "||", ";", "#x", "", "é"})
  void refusesAnArgumentThatIsNotOneHarmlessWord(String argument) {
    assertThatThrownBy(() -> new KernelCommandLine(List.of(argument)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one word");
  }

  @Test
  void refusesALineThatTheKernelWouldCut() {
    assertThatThrownBy(() -> new KernelCommandLine(List.of("a".repeat(2048))))
        .hasMessageContaining("at most 2047");
    assertThat(new KernelCommandLine(List.of("a".repeat(2047))).toString()).hasSize(2047);
  }

  @Test
  void refusesAMachineNameThatWouldBreakOut() {
    KernelCommandLine line = new KernelCommandLine(List.of());

    assertThatThrownBy(() -> IpxeScript.boot(SERVER, "x\nshell", IMAGE, line, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot hold this value");
  }
}
