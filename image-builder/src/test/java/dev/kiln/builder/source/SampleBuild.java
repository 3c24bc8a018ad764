package dev.kiln.builder.source;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.TestCache;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.gomod.FindProxies;
import dev.kiln.builder.gomod.LockModules;
import dev.kiln.builder.gomod.SampleModules;
import dev.kiln.builder.progress.PlainProgress;
import dev.kiln.file.InputFiles;
import dev.kiln.lock.LockedSource.ModuleFile;
import dev.kiln.profile.Build;
import dev.kiln.profile.GoToolchain;
import dev.kiln.profile.Making;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A program of two small modules, which the catalog's toolchain compiles. They come from a proxy
 * that is a directory; the toolchain from this machine's proxy, once, into the cache of the tests.
 */
public final class SampleBuild {
  private static final Profile CATALOGS = KnownFamilies.CATALOG.find("debian12-modules");

  private static final String PROGRAM =
      """
      package main

      import (
      \t"fmt"
      \t"os"
      \t"runtime"

      \t"dep.example/dep"
      )

      var version = "unknown"

      func main() {
      \t_, file, _, _ := runtime.Caller(0)
      \tfmt.Println(version, dep.Word, file)
      \tos.Exit(len(os.Args) - 1)
      }
      """;

  private String program = PROGRAM;

  /** The same with another program text. */
  SampleBuild replace(String old, String other) {
    program = program.replace(old, other);
    return this;
  }

  /** Writes the modules, and a real toolchain beside them. */
  public void writeProxy(Path proxy) throws IOException {
    dependency().write(proxy);
    upstream().write(proxy);
    ModuleFile toolchain = realToolchain();
    Path zip = proxy.resolve(toolchain.path());
    if (!Files.exists(zip)) {
      Files.createDirectories(zip.resolveSibling(""));
      Files.copy(cache().file(toolchain.digest()).path(), zip);
    }
  }

  /** Writes the main module's two files. */
  public void writeFiles(Path files) throws IOException {
    Files.createDirectories(files);
    Files.writeString(
        files.resolve("go.mod"),
        """
        module kiln.invalid/tool

        go 1.26.0

        require up.example/tool v1.0.0

        require dep.example/dep v1.1.0 // indirect
        """);
    Files.writeString(files.resolve("go.sum"), upstream().sum() + dependency().sum());
  }

  /**
   * What a profile says of it below {@code builds:}.
   *
   * @param files where the main module's files are, as the profile names them
   */
  public String text(String files) {
    GoToolchain toolchain = ((Making.OfModules) crictl().making()).toolchain();
    StringBuilder hashes = new StringBuilder();
    toolchain.hashes().forEach((each, hash) -> hashes.append(each + ": \"" + hash + "\", "));
    return """
          tool:
            version: v1.0.0
            layer: runtime
            modules:
              module: up.example/tool
              files: %s
              toolchain: {version: %s, hashes: {%s}}
              ldflags: [-X, main.version=$VERSION]
              packages: {mytool: up.example/tool/cmd/tool}
            outputs: {mytool: /usr/bin/mytool}
        """
        .formatted(files, toolchain.version(), hashes);
  }

  private static SampleModules dependency() throws IOException {
    return new SampleModules()
        .add(
            "dep.example/dep",
            "v1.1.0",
            Map.of(
                "go.mod",
                "module dep.example/dep\n\ngo 1.20\n",
                "dep.go",
                "package dep\n\nconst Word = \"word\"\n"));
  }

  private SampleModules upstream() throws IOException {
    return new SampleModules()
        .add(
            "up.example/tool",
            "v1.0.0",
            Map.of(
                "go.mod",
                "module up.example/tool\n\ngo 1.26.0\n\nrequire dep.example/dep v1.1.0\n",
                "go.sum",
                dependency().sum(),
                "cmd/tool/main.go",
                program));
  }

  private static Cache cache() {
    return new Cache(TestCache.path());
  }

  private static Build crictl() {
    return Objects.requireNonNull(CATALOGS.builds().get("crictl"));
  }

  private static ModuleFile realToolchain() {
    PlainProgress progress = new PlainProgress("test", System.err, Optional.empty());
    try (Fetcher fetcher = new Fetcher(cache(), progress, System.getenv())) {
      return new LockModules(
              fetcher,
              new FindProxies(System.getenv(), new InputFiles())
                  .find(CATALOGS, CATALOGS.zone(ZoneName.DEFAULT)))
          .lock(crictl(), (Making.OfModules) crictl().making(), "amd64", Optional.empty())
          .toolchain("amd64")
          .orElseThrow();
    }
  }
}
