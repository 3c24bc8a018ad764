package dev.kiln.builder.distro.debian.archive;

import dev.kiln.builder.distro.ArchiveSource.Place;
import dev.kiln.builder.fetch.SmallAnswer;
import dev.kiln.builder.fetch.SmallAnswer.Given;
import dev.kiln.builder.fetch.SmallAnswer.Missing;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import java.util.List;

/**
 * A suite's signed file as a mirror gave it, before anybody looked at its signature: InRelease, or
 * where there is none, Release with Release.gpg beside it.
 *
 * @param name what errors call it: its address
 * @param digest of InRelease, or of Release
 */
record ReceivedRelease(String name, SignedText text, Digest digest) {
  private static final int MOST_BYTES = 8 << 20;
  private static final int MOST_SIGNATURE_BYTES = 64 << 10;

  /** Reads it as apt does: that InRelease is not there leads to the other two. */
  static ReceivedRelease from(Place place, Suite suite) {
    String signed = suite.directory() + "InRelease";
    SmallAnswer answer = place.ask(signed, MOST_BYTES);
    if (answer instanceof Given given) {
      String name = place.address(signed);
      return new ReceivedRelease(
          name, ClearsignedText.parse(name, given.content()), Digest.of(given.content()));
    }
    return detached(place, suite, (Missing) answer);
  }

  private static ReceivedRelease detached(Place place, Suite suite, Missing inRelease) {
    String plain = suite.directory() + "Release";
    if (!(place.ask(plain, MOST_BYTES) instanceof Given release)) {
      throw noSuite(suite, inRelease);
    }
    SmallAnswer signature = place.ask(plain + ".gpg", MOST_SIGNATURE_BYTES);
    if (!(signature instanceof Given given)) {
      throw unsigned(place.address(plain), (Missing) signature);
    }
    return new ReceivedRelease(
        place.address(plain),
        new DetachedText(release.content(), given.content()),
        Digest.of(release.content()));
  }

  private static KilnException noSuite(Suite suite, Missing inRelease) {
    String mend =
        suite.isFlat()
            ? "Check the address of the repository, and its suite "
                + suite.name()
                + ", which is the directory of its indexes"
            : "Check how the suite "
                + suite.name()
                + " is written, and the address of the repository, which ends before dists/; where it"
                + " has no dists/ it is a flat one: name its directory as suite, such as './'";
    return withMend(inRelease.failure(), mend);
  }

  private static KilnException unsigned(String release, Missing signature) {
    return withMend(
        signature.failure(),
        release
            + " stands there unsigned, and nothing unsigned is taken, whoever else takes it: ask who"
            + " makes the repository to sign it");
  }

  private static KilnException withMend(KilnException failure, String mend) {
    List<Problem> problems =
        failure.problems().stream().map(each -> Problem.of(each.what(), mend)).toList();
    return new KilnException(failure.kind(), problems, failure);
  }
}
