package dev.kiln.builder.initrd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.kit.HostPrograms;
import dev.kiln.builder.sandbox.ImageTree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge is ldd, on this machine's own programs. */
class SharedLibrariesIT {
  private final ImageTree host = ImageTree.at(Path.of("/"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/sbin/veritysetup",
        "/usr/bin/mksquashfs",
        "/usr/bin/bash",
        "/usr/bin/dpkg",
        "/usr/bin/openssl"
      })
  void findsWhatTheDynamicLinkerWouldLoad(String program) {
    // It knows of one more, which no file names.
    assertThat(HostPrograms.librariesOf(List.of(program)))
        .containsAll(SharedLibraries.of(host, program, 64 << 20))
        .filteredOn(library -> !library.endsWith("/libgcc_s.so.1"))
        .allSatisfy(
            library -> assertThat(SharedLibraries.of(host, program, 64 << 20)).contains(library));
  }

  @Test
  void findsNoneForAProgramThatNeedsNone() {
    assertThat(SharedLibraries.of(host, "/usr/bin/busybox", 64 << 20)).isEmpty();
  }
}
