package dev.kiln.builder.source;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.gomod.GoToolchainTree;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.ModuleFile;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds Go modules with the locked toolchain, which is all that its root holds. Modules come from
 * a proxy that is a directory ({@code GOPROXY=file:}): {@code go} itself unpacks them, inside the
 * sandbox, and compares them with the {@code go.sum} once more.
 */
final class ModuleBuild implements BuildSteps {
  private static final String GO = "/usr/local/go/bin/go";

  /** Whatever a user of {@code go} may have set says nothing here. */
  private static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          Map.entry("HOME", "/build"),
          Map.entry("TMPDIR", "/build/tmp"), // on disk: /tmp of a sandbox is memory
          Map.entry("GOCACHE", "/build/cache"),
          Map.entry("GOGC", "400"), // less collecting: a third less time, some more memory
          Map.entry("GOPATH", "/build/go"),
          Map.entry("GOPROXY", "file:///run/modules"),
          Map.entry("GOSUMDB", "off"), // the go.sum has the hash of everything
          Map.entry("GOTOOLCHAIN", "local"),
          Map.entry("GOWORK", "off"),
          Map.entry("GOENV", "off"),
          Map.entry("GOTELEMETRY", "off"),
          Map.entry("GOFLAGS", "-mod=readonly"),
          Map.entry("CGO_ENABLED", "0"),
          Map.entry("GOOS", "linux"));

  private final Build wanted;
  private final Making.OfModules made;
  private final GoModules locked;
  private final BuildInputs.OfModules inputs;
  private final PackageBuild.Site site;

  ModuleBuild(
      Build wanted,
      Making.OfModules made,
      GoModules locked,
      BuildInputs.OfModules inputs,
      PackageBuild.Site site) {
    this.wanted = wanted;
    this.made = made;
    this.locked = locked;
    this.inputs = inputs;
    this.site = site;
  }

  @Override
  public void check() {
    inputs.check();
  }

  @Override
  public void assemble(ImageTree tree) {
    ModuleFile toolchain = locked.toolchain(site.formats().host()).orElseThrow();
    site.kit()
        .sandbox()
        .run(
            site.kit()
                .command("/bin/busybox", "tar", "-x", "-p", "-f", "-", "-C", "/run/tree")
                .with(Bind.writable(tree, "/run/tree")),
            out -> GoToolchainTree.write(toolchain, inputs.toolchain().path(), out),
            line -> {})
        .orFail("unpack the toolchain");
  }

  @Override
  public Command command(ImageTree tree) throws IOException {
    Command command =
        Command.in(tree, GO, "-C", "/run/main")
            .and(arguments(wanted, made))
            .with("GOARCH", site.formats().architecture());
    for (Map.Entry<String, String> variable : ENVIRONMENT.entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    return command.with(mainModule()).with(proxy());
  }

  /** Of go, behind where it runs; and all that decides what comes of the same modules. */
  static List<String> arguments(Build wanted, Making.OfModules made) {
    List<String> arguments =
        new ArrayList<>(List.of("build", "-v", "-trimpath", "-buildvcs=false", "-ldflags"));
    arguments.add(String.join(" ", made.ldflags()).replace("$VERSION", wanted.version()));
    if (made.ldflags().contains("-w")) {
      // The linker would throw away what debuggers need: a third of the compiler's work.
      arguments.add("-gcflags=all=-dwarf=false");
    }
    if (!made.tags().isEmpty()) {
      arguments.addAll(List.of("-tags", String.join(",", made.tags())));
    }
    arguments.addAll(List.of("-o", "/" + BuildPin.OUTPUT + "/"));
    made.packages().values().stream().sorted().forEach(arguments::add);
    return arguments;
  }

  /** As {@link #arguments}: what else decides. */
  static Map<String, String> environment() {
    return ENVIRONMENT;
  }

  private Bind mainModule() throws IOException {
    Path directory = Files.createDirectory(site.scratch().resolve("main"));
    Files.writeString(directory.resolve("go.mod"), made.files().mod());
    Files.writeString(directory.resolve("go.sum"), made.files().sum());
    return Bind.readOnly(directory, "/run/main");
  }

  /** Files of the cache by the names that a proxy gives them; none is copied. */
  private Bind proxy() throws IOException {
    Path directory = Files.createDirectory(site.scratch().resolve("modules"));
    for (int i = 0; i < locked.modules().size(); i++) {
      CachedFile file = inputs.modules().get(i);
      Path place = directory.resolve(locked.modules().get(i).path());
      Files.createDirectories(place.resolveSibling(""));
      Files.createLink(place, file.path());
    }
    return Bind.readOnly(directory, "/run/modules");
  }

  /** As go calls what it makes of a package: by the last word of its path that is no version. */
  @Override
  public Map<String, String> outputs() {
    Map<String, String> outputs = new LinkedHashMap<>();
    made.packages().forEach((output, path) -> outputs.put(output, made.executable(path)));
    return outputs;
  }
}
