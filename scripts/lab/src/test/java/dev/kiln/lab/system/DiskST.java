package dev.kiln.lab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.lab.console.Console;
import dev.kiln.lab.console.FatalLines;
import dev.kiln.lab.process.Child;
import dev.kiln.lab.process.Command;
import dev.kiln.manifest.ImageDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine without a network card, whose image lies on a disk. */
@ExtendWith(LabExtension.class)
class DiskST {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final SystemLab lab;

  DiskST(SystemLab lab) {
    this.lab = lab;
  }

  @Test
  void aMachineBootsFromALabelledDiskWithoutAnyNetwork() {
    ImageDirectory image = lab.image();
    Path disk = image.path().resolveSibling("disk");
    Command.of("rm", "-f", disk.toString()).succeed(GRACE);
    Command.of(
            "mke2fs",
            "-q",
            "-t",
            "ext4",
            "-L",
            "kiln-image",
            "-d",
            image.path().toString(),
            disk.toString(),
            "2G")
        .succeed(Duration.ofMinutes(5));
    Child machine = Child.start(machine(image, disk));
    try {
      Console console =
          Console.follow(
              "disk",
              machine.output(),
              image.path().resolveSibling("disk.log"),
              FatalLines.OF_A_MACHINE);

      console.awaitLine(Pattern.compile("kiln: .* starting the system"), SystemLab.BOOT_LIMIT);
      console.awaitLine(Pattern.compile("systemd\\[1]: "), SystemLab.BOOT_LIMIT);

      assertThat(console.find(Pattern.compile("kiln: .* image: /run/kiln/disk$"))).isPresent();
      assertThat(console.find(Pattern.compile("kiln: .* network: "))).isEmpty();
    } finally {
      machine.stop(GRACE);
    }
  }

  private static Command machine(ImageDirectory image, Path disk) {
    String arguments =
        "kiln.digest=%s %s"
            .formatted(
                image.manifest().bootManifest().digest(),
                String.join(" ", image.manifest().kernelArguments()));
    return BareMachine.of(image, image.file(image.manifest().initrd()), arguments)
        .with("-drive", "file=" + disk + ",format=raw,if=virtio,readonly=on")
        .command();
  }
}
