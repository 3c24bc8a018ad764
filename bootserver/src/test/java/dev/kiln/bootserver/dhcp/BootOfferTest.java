package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.Requests.ANNA;
import static dev.kiln.bootserver.dhcp.Requests.discover;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootOfferTest {
  private static final String UEFI = "PXEClient:Arch:00007:UNDI:003016";

  @Test
  void givesBiosItsLoaderByTftp() {
    assertThat(decide(discover(ANNA).pxe("PXEClient:Arch:00000:UNDI:002001", 0)))
        .isEqualTo(new BootOffer.TftpProgram("undionly.kpxe", "BIOS firmware loads by TFTP"));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 9})
  void givesUefiX64ItsLoaderByTftpUnderBothCodes(int code) {
    assertThat(decide(discover(ANNA).pxe(UEFI, code)))
        .isEqualTo(new BootOffer.TftpProgram("ipxe.efi", "UEFI_X64 firmware loads by TFTP"));
  }

  @Test
  void givesUefiHttpBootAnAddress() {
    BootOffer offer = decide(discover(ANNA).pxe("HTTPClient:Arch:00016:UNDI:003001", 16));

    assertThat(offer)
        .isEqualTo(
            new BootOffer.HttpProgram(
                java.net.URI.create("http://10.77.0.1/ipxe.efi"),
                "UEFI_X64_HTTP firmware loads by HTTP"));
  }

  @Test
  void givesIpxeItsScriptAndNeverItselfAgain() {
    BootOffer script = new BootOffer.Script(LabSettings.BOOT.script(), "iPXE runs a script");

    assertThat(decide(discover(ANNA).pxe(UEFI, 7).with(DhcpOption.USER_CLASS, "iPXE")))
        .isEqualTo(script);
    assertThat(decide(discover(ANNA).pxe(UEFI, 7).with(DhcpOption.USER_CLASS, "\4iPXE")))
        .isEqualTo(script);
    assertThat(decide(discover(ANNA).pxe(UEFI, 7).with(DhcpOption.IPXE, new byte[] {1, 1, 0})))
        .isEqualTo(script);
  }

  @Test
  void takesTheFirstArchitectureThatHasALoader() {
    assertThat(decide(discover(ANNA).pxe(UEFI, 6, 99, 7, 0)))
        .isInstanceOfSatisfying(
            BootOffer.TftpProgram.class, it -> assertThat(it.file()).isEqualTo("ipxe.efi"));
  }

  @Test
  void readsTheArchitectureInTheVendorClassWhereOption93IsMissing() {
    assertThat(decide(discover(ANNA).with(DhcpOption.VENDOR_CLASS, UEFI)))
        .isInstanceOfSatisfying(
            BootOffer.TftpProgram.class, it -> assertThat(it.file()).isEqualTo("ipxe.efi"));
    assertThat(decide(discover(ANNA).with(DhcpOption.VENDOR_CLASS, "PXEClient")))
        .isInstanceOfSatisfying(
            BootOffer.TftpProgram.class, it -> assertThat(it.file()).isEqualTo("undionly.kpxe"));
  }

  @Test
  void saysWhyThereIsNothing() {
    assertThat(decide(discover(ANNA).pxe("PXEClient:Arch:00011:UNDI:003000", 11)).why())
        .isEqualTo("no boot program is configured for PXE UEFI_ARM64");
    assertThat(decide(discover(ANNA).pxe("PXEClient:Arch:00077:UNDI:003000", 77)).why())
        .isEqualTo("no boot program is configured for PXE [77]");
    assertThat(decide(discover(ANNA).with(DhcpOption.VENDOR_CLASS, "dhcpcd-9.4.1")))
        .isEqualTo(new BootOffer.Nothing("the client is no boot firmware"));
  }

  private static BootOffer decide(Requests request) {
    return BootOffer.decide(BootClient.of(request.packet()), LabSettings.BOOT);
  }
}
