package dev.kiln.builder.sbom;

import dev.kiln.builder.distro.PackageUrl;
import dev.kiln.builder.gomod.GoProgram;
import dev.kiln.builder.sbom.Bom.Component;
import dev.kiln.builder.sbom.Bom.Dependency;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.ModuleFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The programs that one build gave, and the Go modules that are in them: what the linker put there,
 * not what may have been. A module that is in several programs stands once.
 */
final class CompiledParts {
  /** Its flaws are told of this name, and of this form of a version. */
  private static final String STANDARD_LIBRARY = "stdlib";

  private final String whole;
  private final Map<String, Component> programs = new LinkedHashMap<>();
  private final Map<String, Component> modules = new TreeMap<>();
  private final List<Dependency> dependencies = new ArrayList<>();
  private final Map<String, ModuleFile> archives;

  CompiledParts(String whole, LockedBuild build, List<BuiltProgram> programs) {
    this.whole = whole;
    this.archives = archives(build);
    programs.forEach(program -> add(build, program));
  }

  private static Map<String, ModuleFile> archives(LockedBuild build) {
    Map<String, ModuleFile> archives = new LinkedHashMap<>();
    if (build.source() instanceof GoModules locked) {
      for (ModuleFile file : locked.modules()) {
        if (file.kind() == ModuleFile.Kind.ZIP) {
          archives.put(module(file.module(), file.version()).purl(), file);
        }
      }
    }
    return archives;
  }

  private void add(LockedBuild build, BuiltProgram program) {
    String ref = whole + "#" + program.name();
    programs.put(
        ref,
        Component.of("application", "", program.name(), build.version())
            .within(ref)
            .with(program.digest()));
    program.go().ifPresent(go -> dependencies.add(new Dependency(ref, modulesOf(go))));
  }

  private List<String> modulesOf(GoProgram program) {
    List<Component> parts = new ArrayList<>();
    // go1.26.10, and behind a blank how it was compiled
    String version = program.toolchain().replaceFirst("^go", "").replaceFirst(" .*", "");
    parts.add(module(STANDARD_LIBRARY, version));
    program.modules().forEach(each -> parts.add(module(each.path(), each.version())));
    return parts.stream().map(this::within).toList();
  }

  private String within(Component module) {
    String ref = whole + "#" + module.purl();
    ModuleFile archive = archives.get(module.purl());
    Component part = archive == null ? module : licensed(module.with(archive.digest()), archive);
    modules.putIfAbsent(ref, part.within(ref));
    return ref;
  }

  private static Component licensed(Component module, ModuleFile archive) {
    return archive.license().isEmpty() ? module : module.licensed(archive.license());
  }

  /** A Go module by the name that scanners know it by. */
  static Component module(String path, String version) {
    return Component.of("library", PackageUrl.golang(path, version).toString(), path, version);
  }

  List<Component> components() {
    return Stream.concat(programs.values().stream(), modules.values().stream()).toList();
  }

  /** The build of its programs, and each program of its modules. */
  Stream<Dependency> dependencies() {
    return programs.isEmpty()
        ? Stream.empty()
        : Stream.concat(
            Stream.of(new Dependency(whole, List.copyOf(programs.keySet()))),
            dependencies.stream());
  }
}
