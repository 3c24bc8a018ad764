package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.profile.ImagePath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergedUsrTest {
  @ParameterizedTest
  @ValueSource(strings = {"amd64", "arm64", "i386", "ppc64el", "s390x"})
  void hasNoLinkThroughWhichAPathOfAnImageMayGo(String architecture) {
    assertThat(MergedUsr.of(architecture).directories())
        .isNotEmpty()
        .allSatisfy(
            link ->
                assertThatThrownBy(() -> new ImagePath("/" + link + "/tool"))
                    .hasMessageContaining("goes through the link /" + link + ": write /usr"));
  }
}
