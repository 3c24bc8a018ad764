package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a built pin is made of, and how. */
public sealed interface Making {
  /**
   * A distribution's source package, built by commands.
   *
   * @param toolchain package to the reason why the build needs it
   * @param commands a POSIX shell script, run with {@code -eu} in the unpacked source, which leaves
   *     its results in {@code $OUTPUT}
   */
  record OfPackage(Source source, Map<String, String> toolchain, String commands)
      implements Making {
    public OfPackage {
      toolchain = Reasons.checked(toolchain, Words::packageName);
      script(commands);
    }

    static String script(String text) {
      if (text.isBlank()) {
        throw new IllegalArgumentException("a build needs commands: write a shell script");
      }
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("the commands hold a NUL character: leave it out");
      }
      return text;
    }
  }

  /**
   * A source package.
   *
   * @param repository the profile's name of the repository that has it
   * @param packageName the source package's name; {@code package} in the document
   * @param version exactly
   */
  record Source(String repository, String packageName, String version) {
    public Source {
      Words.repositoryName(repository);
      Words.packageName(packageName);
      Words.version(version);
    }
  }

  /**
   * Go modules (https://go.dev/ref/mod), built by {@code go build} of a locked toolchain.
   *
   * @param module the upstream's own, whose version is the build's
   * @param files the main module's {@code go.mod} and {@code go.sum}: which modules there are, and
   *     the hash of each
   * @param toolchain that compiles it
   * @param packages output to the main package that it is built of
   * @param tags build constraints that hold, in addition
   * @param ldflags arguments of the linker ({@code go tool link}); {@code $VERSION} in them is the
   *     build's version
   */
  record OfModules(
      String module,
      ModuleFiles files,
      GoToolchain toolchain,
      Map<String, String> packages,
      List<String> tags,
      List<String> ldflags)
      implements Making {
    // Module paths as https://go.dev/ref/mod#go-mod-file-ident has them; the first element is a
    // host's name. Packages lie below one.
    private static final Pattern PATH =
        Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*");

    private static final Pattern MAJOR = Pattern.compile("v[0-9]+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.]{1,64}");
    private static final Pattern FLAG = Pattern.compile("[!-~]{1,500}");

    public OfModules {
      path(module);
      packages.keySet().forEach(Build::outputName);
      packages.values().forEach(OfModules::path);
      packages = Reasons.ordered(packages);
      if (packages.values().stream().map(this::executable).distinct().count() != packages.size()) {
        throw new IllegalArgumentException(
            "two packages of a build would give one program: build them apart");
      }
      tags.forEach(OfModules::tag);
      tags = List.copyOf(tags);
      ldflags.forEach(OfModules::flag);
      ldflags = List.copyOf(ldflags);
    }

    /**
     * As {@code go build} calls what it makes of a main package: by the last word of its path that
     * is no version.
     */
    public String executable(String path) {
      String[] words = path.split("/");
      String last = words[words.length - 1];
      return words.length > 1 && MAJOR.matcher(last).matches() ? words[words.length - 2] : last;
    }

    static String path(String text) {
      if (text.length() > 200 || !PATH.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "'" + Shown.of(text) + "' is not a Go module or package: write such as k8s.io/api");
      }
      return text;
    }

    static String tag(String text) {
      if (!TAG.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "'" + Shown.of(text) + "' is not a build tag: write letters, digits, '_' and '.'");
      }
      return text;
    }

    /** Whoever wants a blank or a quote in a value does not get it: go itself splits at them. */
    static String flag(String text) {
      if (!FLAG.matcher(text).matches() || text.contains("'") || text.contains("\"")) {
        throw new IllegalArgumentException(
            "'"
                + Shown.of(text)
                + "' is not one argument of Go's linker: write it without blanks"
                + " and quotes, one an item");
      }
      return text;
    }
  }
}
