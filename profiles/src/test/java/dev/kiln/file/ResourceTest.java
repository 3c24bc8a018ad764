package dev.kiln.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResourceTest {
  @Test
  void readsAFileOfTheJarWhole() {
    assertThat(Resource.text(Resource.class, "/dev/kiln/version.properties")).startsWith("version");
  }

  @Test
  void saysThatTheJarIsDamagedWhereItHasNoSuchFile() {
    assertThatThrownBy(() -> Resource.bytes(Resource.class, "nowhere"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the jar is damaged: it has no nowhere");
  }
}
