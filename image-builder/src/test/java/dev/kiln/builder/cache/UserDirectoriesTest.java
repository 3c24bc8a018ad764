package dev.kiln.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserDirectoriesTest {
  @Test
  void lieBelowHomeWhereNothingElseIsSaid() {
    UserDirectories directories = new UserDirectories(Map.of("HOME", "/home/me"));

    assertThat(directories.cache()).isEqualTo(Path.of("/home/me/.cache/kiln"));
    assertThat(directories.configuration()).isEqualTo(Path.of("/home/me/.config/kiln"));
  }

  @Test
  void lieWhereTheirVariablesSayWhateverHomeIs() {
    UserDirectories directories =
        new UserDirectories(
            Map.of("HOME", "?", "KILN_CACHE", "/srv/cache", "XDG_CONFIG_HOME", "/srv/etc"));

    assertThat(directories.cache()).isEqualTo(Path.of("/srv/cache"));
    assertThat(directories.configuration()).isEqualTo(Path.of("/srv/etc/kiln"));
  }

  /** A user without an entry, as containers start programs by number, has none. */
  @Test
  void areNowhereForAUserWithoutAHome() {
    assertThatThrownBy(() -> new UserDirectories(Map.of("HOME", "?")).cache())
        .isInstanceOfSatisfying(
            KilnException.class,
            failure -> assertThat(failure.kind()).isEqualTo(KilnException.Kind.INPUT))
        .hasMessage(
            "this user has no home directory: HOME is '?'. Set HOME, or KILN_CACHE and"
                + " XDG_CONFIG_HOME.");
  }
}
