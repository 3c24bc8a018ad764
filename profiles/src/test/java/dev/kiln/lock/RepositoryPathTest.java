package dev.kiln.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pool/main/g/g++/g++_1~2+b1_amd64.deb",
        "Packages/p/podman-5.0~rc1^20240301git1a2b3c-1.el10.x86_64.rpm"
      })
  void takesWhatPackagesAreCalled(String path) {
    assertThat(RepositoryPath.checked(path, "it")).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "a/../b", "/a", "a//b", "a b", "a;b", "a/", ""})
  void refusesWhatLeavesTheRepositoryOrIsNoPlainPath(String path) {
    assertThatThrownBy(() -> RepositoryPath.checked(path, "it"))
        .hasMessageContaining("leaves its repository, or is no plain path");
  }
}
