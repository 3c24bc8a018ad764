package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.codec.Requests.ANNA;
import static dev.kiln.bootserver.dhcp.codec.Requests.discover;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.boot.Asker;
import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.boot.ClientArchitecture;
import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.Requests;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.machine.Claims;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadBootRequestTest {
  private static final String UEFI = "PXEClient:Arch:00007:UNDI:003016";

  @Test
  void knowsFirmwareByItsClass() {
    assertThat(read(discover(ANNA).pxe("PXEClient:Arch:00000:UNDI:002001", 0)).asker())
        .isEqualTo(Asker.PXE);
    assertThat(read(discover(ANNA).pxe("HTTPClient:Arch:00016:UNDI:003001", 16)).asker())
        .isEqualTo(Asker.HTTP_BOOT);
    assertThat(read(discover(ANNA).with(DhcpOption.VENDOR_CLASS, "dhcpcd-9.4.1")).asker())
        .isEqualTo(Asker.OTHER);
    assertThat(read(discover(ANNA)).claims()).isEqualTo(Claims.of(ANNA));
  }

  @Test
  void knowsIpxeThoughItCallsItselfFirmware() {
    assertThat(read(discover(ANNA).pxe(UEFI, 7).with(DhcpOption.USER_CLASS, "iPXE")).asker())
        .isEqualTo(Asker.IPXE);
    assertThat(read(discover(ANNA).pxe(UEFI, 7).with(DhcpOption.USER_CLASS, "\4iPXE")).asker())
        .isEqualTo(Asker.IPXE);
    assertThat(read(ipxe(1, 1, 0)).asker()).isEqualTo(Asker.IPXE);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 9})
  void takesBothCodesOfUefiX64(int code) {
    assertThat(read(discover(ANNA).pxe(UEFI, code)).architectures())
        .containsExactly(ClientArchitecture.UEFI_X64);
  }

  @Test
  void keepsTheOrderOfArchitecturesAndLeavesOutWhatItDoesNotKnow() {
    assertThat(read(discover(ANNA).pxe(UEFI, 6, 99, 7, 0)).architectures())
        .containsExactly(
            ClientArchitecture.UEFI_IA32, ClientArchitecture.UEFI_X64, ClientArchitecture.BIOS);
  }

  @Test
  void readsTheArchitectureInTheVendorClassWhereOption93IsMissing() {
    assertThat(read(discover(ANNA).with(DhcpOption.VENDOR_CLASS, UEFI)).architectures())
        .containsExactly(ClientArchitecture.UEFI_X64);
    assertThat(
            read(discover(ANNA).with(DhcpOption.VENDOR_CLASS, "HTTPClient:Arch:00016"))
                .architectures())
        .containsExactly(ClientArchitecture.UEFI_X64_HTTP);
    for (String other : List.of("PXEClient", "PXEClient:Arch:000070", "PXEClient:Arch:0007:")) {
      assertThat(read(discover(ANNA).with(DhcpOption.VENDOR_CLASS, other)).architectures())
          .containsExactly(ClientArchitecture.BIOS);
    }
  }

  @Test
  void findsOutWhetherAnIpxeLoadsByHttp() {
    // priority, then the features TFTP and HTTP; the same without HTTP; nothing of features.
    assertThat(read(ipxe(1, 1, 0, 21, 1, 1, 19, 1, 1)).features())
        .containsExactly(BootRequest.Feature.HTTP);
    assertThat(read(ipxe(1, 1, 0, 21, 1, 1)).features()).isEmpty();
    assertThat(read(ipxe(1, 1, 0)).features()).containsExactly(BootRequest.Feature.HTTP);
  }

  @Test
  void readsNoFurtherThanTheOptionReaches() {
    assertThat(read(ipxe(21, 1, 1, 19, 200)).features()).containsExactly(BootRequest.Feature.HTTP);
    assertThat(read(ipxe(21)).features()).containsExactly(BootRequest.Feature.HTTP);
    assertThat(read(ipxe(21, 255, 19)).features()).isEmpty();
  }

  private static Requests ipxe(int... octets) {
    byte[] option = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      option[i] = (byte) octets[i];
    }
    return discover(ANNA).pxe(UEFI, 7).with(DhcpOption.IPXE, option);
  }

  private static BootRequest read(Requests request) {
    return ReadBootRequest.of(request.packet(), new SubnetId("10.77.0.0/24"));
  }
}
