package dev.kiln.lock;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.kiln.failure.Shown;
import dev.kiln.file.Digest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a pin is built from: each sort of source names its files in its own way. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LockedSource.SourcePackage.class, name = "source-package"),
  @JsonSubTypes.Type(value = LockedSource.GoModules.class, name = "go-modules")
})
public sealed interface LockedSource {
  /**
   * What a function of its sort makes of it. A new sort brings another function, so that the
   * compiler names every place that has to know it.
   */
  <T> T map(Function<SourcePackage, T> ofSourcePackage, Function<GoModules, T> ofGoModules);

  /**
   * A distribution's source package.
   *
   * @param name of the source package
   * @param version exactly
   * @param files the description first (Debian: the .dsc); at least that one
   */
  record SourcePackage(String name, String version, List<SourceFile> files)
      implements LockedSource {
    public SourcePackage {
      files = List.copyOf(files);
      if (files.isEmpty()) {
        throw new IllegalArgumentException("the source package " + name + " has no files");
      }
    }

    @Override
    public <T> T map(
        Function<SourcePackage, T> ofSourcePackage, Function<GoModules, T> ofGoModules) {
      return ofSourcePackage.apply(this);
    }
  }

  /**
   * Go modules, as a module proxy has them (https://go.dev/ref/mod#goproxy-protocol).
   *
   * @param module the upstream's own, whose version is the build's
   * @param files digest of the {@code go.mod} and {@code go.sum} that say which modules there are
   * @param toolchains the compiler, for each architecture of a machine that bakes; at least one
   * @param modules what is compiled, and what has to be known of the rest of the module graph
   */
  record GoModules(
      String module, Digest files, List<ModuleToolchain> toolchains, List<ModuleFile> modules)
      implements LockedSource {
    public GoModules {
      toolchains = List.copyOf(toolchains);
      modules = List.copyOf(modules);
      if (toolchains.stream().map(ModuleToolchain::architecture).distinct().count()
          != toolchains.size()) {
        throw new IllegalArgumentException(
            "the build of " + module + " has two toolchains for one architecture");
      }
    }

    @Override
    public <T> T map(
        Function<SourcePackage, T> ofSourcePackage, Function<GoModules, T> ofGoModules) {
      return ofGoModules.apply(this);
    }

    /** The compiler that runs on machines of this architecture. */
    public Optional<ModuleFile> toolchain(String architecture) {
      return toolchains.stream()
          .filter(each -> each.architecture().equals(architecture))
          .map(ModuleToolchain::file)
          .findFirst();
    }
  }

  /**
   * A compiler.
   *
   * @param architecture of the machines that it runs on, by Kiln's name of it
   */
  record ModuleToolchain(String architecture, ModuleFile file) {}

  /**
   * One file of a module proxy.
   *
   * @param module its path, such as {@code k8s.io/api}
   * @param version such as {@code v0.37.2}
   * @param kind what the proxy has of it
   * @param size bytes
   * @param license SPDX identifier of its licence; empty where that is not known
   */
  record ModuleFile(
      String module, String version, Kind kind, long size, Digest digest, String license) {
    // Both become parts of paths and addresses; what Go itself allows is less.
    private static final Pattern MODULE =
        Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");
    private static final Pattern VERSION = Pattern.compile("v[0-9][A-Za-z0-9.+-]*");

    private static final Pattern LICENSE = Pattern.compile("[A-Za-z0-9.+-]{0,64}");

    /** What a proxy has of a version of a module. */
    public enum Kind {
      /** Its {@code go.mod}. */
      MOD,
      /** All its files. */
      ZIP
    }

    public ModuleFile {
      path(module, version, kind);
      if (size < 0) {
        throw new IllegalArgumentException(module + " has a size of " + size);
      }
      if (!LICENSE.matcher(license).matches()) {
        throw new IllegalArgumentException(
            "'" + Shown.of(license) + "' is not the identifier of a licence");
      }
    }

    /** One whose licence is not known. */
    public ModuleFile(String module, String version, Kind kind, long size, Digest digest) {
      this(module, version, kind, size, digest, "");
    }

    /** The same, when its licence is known. */
    public ModuleFile licensed(String identifier) {
      return new ModuleFile(module, version, kind, size, digest, identifier);
    }

    /** Its path below a proxy. */
    public String path() {
      return path(module, version, kind);
    }

    /**
     * The path below a proxy of what it has of a version of a module
     * (https://go.dev/ref/mod#goproxy-protocol).
     *
     * @throws IllegalArgumentException where they can be no module and version
     */
    public static String path(String module, String version, Kind kind) {
      if (module.length() > 200 || !MODULE.matcher(module).matches()) {
        throw new IllegalArgumentException("'" + Shown.of(module) + "' is not a Go module");
      }
      if (version.length() > 200 || !VERSION.matcher(version).matches()) {
        throw new IllegalArgumentException(
            "'" + Shown.of(version) + "' is not a version of a Go module");
      }
      return escaped(module) + "/@v/" + escaped(version) + (kind == Kind.MOD ? ".mod" : ".zip");
    }

    /**
     * As paths of proxies and of checksum databases have a module or a version: capital letters are
     * written as '!' and the small one.
     */
    public static String escaped(String text) {
      return CAPITAL
          .matcher(text)
          .replaceAll(found -> "!" + found.group().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * One file of a source package.
   *
   * @param index the generation of the index that named it
   * @param path below the repository's root
   * @param size bytes
   */
  record SourceFile(IndexName index, String path, long size, Digest digest) {
    public SourceFile {
      path = RepositoryPath.checked(path, "a source package");
      if (size < 0) {
        throw new IllegalArgumentException(path + " has a size of " + size);
      }
    }

    /** The last part of its path. */
    public String fileName() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }
}
