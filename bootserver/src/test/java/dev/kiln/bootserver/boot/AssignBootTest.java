package dev.kiln.bootserver.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.HostnamePattern;
import dev.kiln.bootserver.machine.ImageChoice;
import dev.kiln.bootserver.machine.ImageName;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.machine.Selector;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.file.Digest;
import dev.kiln.node.nocloud.CloudConfig;
import dev.kiln.profile.Architecture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignBootTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final MacAddress STRANGER = MacAddress.parse("52:54:00:00:00:ff");
  private static final LoaderName BIOS = new LoaderName("undionly.kpxe");
  private static final LoaderName UEFI = new LoaderName("ipxe.efi");
  private static final Set<BootRequest.Feature> HTTP = Set.of(BootRequest.Feature.HTTP);

  @TempDir private Path images;
  private ImageChoice image = new ImageChoice.One(new ImageName("debian12"));
  private Loaders loaders =
      new Loaders(
          Map.of(ClientArchitecture.BIOS, BIOS, ClientArchitecture.UEFI_X64, UEFI),
          Map.of(ClientArchitecture.UEFI_X64_HTTP, UEFI));

  @BeforeEach
  void makeAnImage() throws IOException {
    ImageFixture.write(images.resolve("debian12"), 1, 10_000);
  }

  @Test
  void givesFirmwareTheLoaderOfItsArchitectureWhoeverItBelongsTo() {
    assertThat(asked(STRANGER, Asker.PXE, HTTP, ClientArchitecture.BIOS))
        .isEqualTo(new BootPlan.Load(Transport.TFTP, BIOS, "BIOS firmware loads by TFTP"));
    assertThat(asked(STRANGER, Asker.HTTP_BOOT, HTTP, ClientArchitecture.UEFI_X64_HTTP))
        .isEqualTo(new BootPlan.Load(Transport.HTTP, UEFI, "UEFI_X64_HTTP firmware loads by HTTP"));
  }

  @Test
  void takesTheFirstArchitectureThatHasALoader() {
    assertThat(
            asked(
                ANNA,
                Asker.PXE,
                HTTP,
                ClientArchitecture.UEFI_IA32,
                ClientArchitecture.UEFI_X64,
                ClientArchitecture.BIOS))
        .isInstanceOfSatisfying(
            BootPlan.Load.class, it -> assertThat(it.program()).isEqualTo(UEFI));
  }

  @Test
  void saysWhyThereIsNoLoader() {
    assertThat(asked(ANNA, Asker.PXE, HTTP, ClientArchitecture.UEFI_ARM64))
        .isEqualTo(new BootPlan.Nothing("no boot program is configured for PXE UEFI_ARM64"));
    assertThat(asked(ANNA, Asker.PXE, HTTP))
        .isEqualTo(
            new BootPlan.Nothing(
                "no boot program is configured for PXE of an architecture that is unknown here"));
    assertThat(asked(ANNA, Asker.OTHER, HTTP, ClientArchitecture.BIOS))
        .isEqualTo(new BootPlan.Nothing("the client is no boot firmware"));
  }

  @Test
  void sendsIpxeToItsScriptAndNeverToItselfAgain() {
    assertThat(asked(ANNA, Asker.IPXE, HTTP, ClientArchitecture.UEFI_X64))
        .isEqualTo(new BootPlan.Identify("iPXE runs a script"));
  }

  @Test
  void givesAnIpxeThatCannotLoadByHttpOneThatCan() {
    assertThat(asked(ANNA, Asker.IPXE, Set.of(), ClientArchitecture.BIOS))
        .isEqualTo(
            new BootPlan.Load(
                Transport.TFTP, BIOS, "this iPXE cannot load by HTTP, and gets one that can"));

    loaders = new Loaders(Map.of(), loaders.http());
    assertThat(asked(ANNA, Asker.IPXE, Set.of(), ClientArchitecture.BIOS))
        .isInstanceOf(BootPlan.Nothing.class);
  }

  @Test
  void bootsAMachineThatHasAFileAndLetsAStrangerWait() {
    assertThat(script(ANNA, ClientArchitecture.UEFI_X64))
        .isInstanceOfSatisfying(
            BootPlan.Boot.class,
            boot -> {
              assertThat(boot.machine().name()).isEqualTo("anna");
              assertThat(boot.image().name()).isEqualTo("debian12");
            });
    assertThat(script(STRANGER, ClientArchitecture.UEFI_X64))
        .isEqualTo(new BootPlan.Wait("no machine file names " + STRANGER));
  }

  @Test
  void letsAMachineOfAnotherArchitectureThanItsImagesWait() {
    assertThat(script(ANNA, ClientArchitecture.UEFI_ARM64))
        .isEqualTo(
            new BootPlan.Wait("the image 'debian12' is for amd64, and this machine is arm64"));
  }

  @Test
  void takesTheImageOfTheMachinesArchitecture() throws IOException {
    ImageFixture.write(images.resolve("arm"), 2, 10_000, "arm64");
    image =
        new ImageChoice.ByArchitecture(
            Map.of(
                Architecture.AMD64, new ImageName("debian12"),
                Architecture.ARM64, new ImageName("arm")));

    assertThat(imageOf(script(ANNA, ClientArchitecture.BIOS))).isEqualTo("debian12");
    assertThat(imageOf(script(ANNA, ClientArchitecture.UEFI_ARM64))).isEqualTo("arm");
    assertThat(script(ANNA, ClientArchitecture.UEFI_RISCV64))
        .isEqualTo(new BootPlan.Wait("the group all names no image for riscv64"));
    assertThat(script(ANNA))
        .isEqualTo(
            new BootPlan.Wait(
                "the group all names no image for a machine that does not say what it can run"));
  }

  @Test
  void configuresASystemThatRunsThoughItsImageIsNoLongerServed() {
    Digest gone = Digest.of("gone");

    assertThat(decider().configure(Claims.of(ANNA), gone))
        .isInstanceOfSatisfying(
            BootPlan.Configure.class,
            it -> {
              assertThat(it.machine().name()).isEqualTo("anna");
              assertThat(it.image()).isEqualTo(gone);
            });
    assertThat(decider().configure(Claims.of(STRANGER), gone))
        .isEqualTo(new BootPlan.Wait("no machine file names " + STRANGER));
  }

  private static String imageOf(BootPlan plan) {
    assertThat(plan).isInstanceOf(BootPlan.Boot.class);
    return ((BootPlan.Boot) plan).image().name();
  }

  private BootPlan script(MacAddress mac, ClientArchitecture... architectures) {
    return asked(mac, Asker.SCRIPT, HTTP, architectures);
  }

  private BootPlan asked(
      MacAddress mac,
      Asker asker,
      Set<BootRequest.Feature> features,
      ClientArchitecture... architectures) {
    return decider()
        .assign(
            new BootRequest(
                Claims.of(mac),
                asker,
                List.of(architectures),
                features,
                new SubnetId("10.77.0.0/24")));
  }

  private AssignBoot decider() {
    Machine anna =
        new Machine(
            "anna", List.of(ANNA), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    Group all =
        new Group(
            "all",
            new Selector(Map.of()),
            image,
            Optional.empty(),
            HostnamePattern.NAME,
            List.of(),
            List.of(),
            CloudConfig.EMPTY);
    ImageCatalogue catalogue = new ImageCatalogue(images);
    catalogue.scan();
    return new AssignBoot(
        new Inventory(List.of(anna), List.of(all)),
        catalogue.snapshot(),
        loaders,
        new BootAddresses(URI.create("http://10.77.0.1")));
  }
}
