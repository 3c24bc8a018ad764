package dev.kiln.builder.lock;

import dev.kiln.builder.debian.SourcePackage;
import dev.kiln.builder.debian.archive.SignedSuite;
import dev.kiln.builder.debian.resolve.Request;
import dev.kiln.builder.debian.resolve.Resolver;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedBuild.LockedSourceFile;
import dev.kiln.profile.Build;
import dev.kiln.profile.Profile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Locks what a profile's built pins are made of. */
final class ChooseBuilds {
  private final List<SignedSuite> suites;
  private final Resolver resolver;

  ChooseBuilds(List<SignedSuite> suites, Resolver resolver) {
    this.suites = suites;
    this.resolver = resolver;
  }

  List<LockedBuild> choose(Profile profile) {
    return profile.builds().values().stream().map(this::choose).toList();
  }

  private LockedBuild choose(Build build) {
    return new LockedBuild(
        build.name(),
        build.version(),
        sourceFiles(build.source()),
        // A build runs in a system of its own: the base with a shell, and what it asks for.
        LockProfile.locked(
            resolver.resolve(new Request(true, build.toolchain(), false)).orThrow().packages()),
        Recipe.digest(build));
  }

  private List<LockedSourceFile> sourceFiles(Build.Source source) {
    return find(source).files().stream()
        .map(
            file ->
                new LockedSourceFile(source.repository(), file.path(), file.size(), file.digest()))
        .toList();
  }

  private SourcePackage find(Build.Source source) {
    List<SignedSuite> searched =
        suites.stream()
            .filter(suite -> suite.suite().repository().equals(source.repository()))
            .toList();
    return searched.stream()
        .map(suite -> suite.source(source.packageName(), source.version()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                KilnException.input(
                    "the source package "
                        + source.packageName()
                        + " "
                        + source.version()
                        + " is in no suite of the repository "
                        + source.repository()
                        + ": "
                        + searched.stream()
                            .map(suite -> suite.suite().name())
                            .collect(Collectors.joining(", ")),
                    "Check its version, or add a suite that has it"));
  }
}
