package dev.kiln.builder.gomod;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the files of a main module with those that upstream has at the version that is built:
 * what is compiled is what upstream chose, tested and mended, and no other version. Only modules
 * that upstream takes from its own repository, which nobody else has there, come as they were
 * published.
 */
final class CompareUpstream {
  private final String build;
  private final GoMod own;
  private final GoMod upstream;
  private final List<Problem> problems = new ArrayList<>();

  private CompareUpstream(String build, GoMod own, GoMod upstream) {
    this.build = build;
    this.own = own;
    this.upstream = upstream;
  }

  /** A main module's two files. */
  record Files(GoMod mod, GoSum sum) {}

  /**
   * Refuses what differs, all of it at once.
   *
   * @param build the profile's name of it
   * @param upstream its own go.mod, and its go.sum where it has one
   * @return the hashes that upstream's go.sum does not have
   */
  static Map<GoSum.Entry, String> check(
      String build, Files own, GoMod upstream, Optional<GoSum> sums) {
    CompareUpstream compare = new CompareUpstream(build, own.mod(), upstream);
    compare.language();
    compare.replacements();
    compare.versions();
    sums.ifPresent(sum -> compare.hashes(own.sum(), sum));
    if (!compare.problems.isEmpty()) {
      throw new KilnException(KilnException.Kind.INPUT, compare.problems, null);
    }
    Map<GoSum.Entry, String> left = new LinkedHashMap<>(own.sum().hashes());
    left.entrySet()
        .removeIf(
            each ->
                sums.flatMap(sum -> sum.of(each.getKey()))
                    .filter(each.getValue()::equals)
                    .isPresent());
    return left;
  }

  private void language() {
    same("go", own.go(), upstream.go());
    same("godebug", own.godebug().toString(), upstream.godebug().toString());
    same("exclude", own.exclude().toString(), upstream.exclude().toString());
  }

  private void same(String verb, String here, String there) {
    if (!here.equals(there)) {
      refuse("'" + verb + "' is " + here + " here, and " + there + " there", "Write as upstream");
    }
  }

  private void replacements() {
    own.replace()
        .forEach(
            (module, replacement) -> {
              boolean published =
                  upstream.replacesLocally(module)
                      && replacement.path().equals(module)
                      && !replacement.isLocal();
              if (!published && !replacement.equals(upstream.replace().get(module))) {
                refuse(
                    "'replace' takes "
                        + replacement
                        + " for "
                        + module
                        + ", which upstream does"
                        + " not",
                    "Leave it out");
              }
            });
  }

  private void versions() {
    own.require()
        .forEach(
            (module, version) -> {
              if (!isUpstreams(module) && !upstream.version(module).equals(own.version(module))) {
                refuse(
                    module
                        + " is "
                        + own.version(module).orElse(version)
                        + " here, and "
                        + upstream.version(module).orElse("not used")
                        + " there",
                    "Require the version that upstream's go.mod has");
              }
            });
  }

  private void hashes(GoSum here, GoSum there) {
    here.hashes()
        .forEach(
            (entry, hash) -> {
              if (!isUpstreams(entry.module()) && there.of(entry).filter(hash::equals).isEmpty()) {
                refuse(
                    there.of(entry).isPresent()
                        ? "the hash of " + entry + " is another one than upstream's"
                        : "upstream's go.sum does not have " + entry,
                    "Make the files again: go mod tidy, with what upstream requires");
              }
            });
  }

  /** Its own, and what it takes from its own repository. */
  private boolean isUpstreams(String module) {
    return module.equals(upstream.module()) || upstream.replacesLocally(module);
  }

  private void refuse(String what, String mend) {
    problems.add(
        Problem.of(
            "the modules of the build '"
                + build
                + "' differ from "
                + upstream.module()
                + ": "
                + what,
            mend));
  }
}
