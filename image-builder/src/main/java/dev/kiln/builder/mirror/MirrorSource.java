package dev.kiln.builder.mirror;

import dev.kiln.builder.distro.ArchiveSource;
import dev.kiln.builder.fetch.Addresses;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.fetch.SmallAnswer;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** One repository, read from the first of its mirrors that answers as it should. */
public final class MirrorSource implements ArchiveSource {
  private final String repository;
  private final Mirrors mirrors;
  private final Fetcher fetcher;
  private final Set<URI> passedOver = new HashSet<>();
  private URI answering;

  /**
   * Reads from the mirrors in their order.
   *
   * @param repository the profile's name of it
   */
  public MirrorSource(String repository, Mirrors mirrors, Fetcher fetcher) {
    this.repository = repository;
    this.mirrors = mirrors;
    this.fetcher = fetcher;
    this.answering = mirrors.roots(repository).get(0);
  }

  @Override
  public String name() {
    return Addresses.shown(answering);
  }

  /** A mirror that does not answer, or whose answer is refused, is passed over, and named once. */
  @Override
  public <T> T readUnverified(String what, Reading<T> reading) {
    Map<URI, List<Problem>> failed = new LinkedHashMap<>();
    Kind kind = Kind.DEPENDENCY;
    List<URI> roots = mirrors.roots(repository);
    for (URI root : roots) {
      boolean othersFollow = !root.equals(roots.get(roots.size() - 1));
      try {
        T read = reading.from(new Mirror(fetcher, root, othersFollow));
        answering = root;
        failed.forEach(this::tellOnce);
        return read;
      } catch (KilnException e) {
        if (e.kind() != Kind.DEPENDENCY && e.kind() != Kind.INPUT) {
          throw e;
        }
        kind = e.kind() == Kind.INPUT ? Kind.INPUT : kind;
        failed.put(root, e.problems());
      }
    }
    throw failure(what, kind, failed.values().stream().flatMap(List::stream).toList());
  }

  private void tellOnce(URI root, List<Problem> why) {
    if (passedOver.add(root)) {
      fetcher.note(
          "the mirror "
              + Addresses.shown(root)
              + " of "
              + repository
              + " is passed over: "
              + why.get(0).what());
    }
  }

  /**
   * One of the mirrors.
   *
   * @param othersFollow whether another one is asked where this one fails
   */
  private record Mirror(Fetcher fetcher, URI root, boolean othersFollow) implements Place {
    @Override
    public String address(String path) {
      return Addresses.shown(Mirrors.address(root, path));
    }

    @Override
    public SmallAnswer ask(String path, int most) {
      return fetcher.askSmall(path, Mirrors.address(root, path), most, othersFollow);
    }
  }

  /** Asks the mirror that answered before the others: they may be older or newer. */
  @Override
  public byte[] readVerified(List<String> paths, long size, Digest digest) {
    List<URI> addresses = new ArrayList<>();
    paths.forEach(path -> addresses.add(Mirrors.address(answering, path)));
    paths.forEach(path -> addresses.addAll(mirrors.of(repository, path)));
    String label = paths.get(paths.size() - 1) + " of " + repository;
    Download download =
        new Download(label, digest, OptionalLong.of(size), addresses.stream().distinct().toList());
    return fetcher.read(download, Math.toIntExact(size));
  }

  private KilnException failure(String what, Kind kind, List<Problem> failures) {
    if (failures.size() == 1) {
      return new KilnException(kind, failures, null);
    }
    List<Problem> problems = new ArrayList<>();
    problems.add(
        Problem.of(
            "none of the "
                + failures.size()
                + " mirrors of the repository "
                + repository
                + " gives a good "
                + what,
            "Name another one: --mirror " + repository + "=URL"));
    problems.addAll(failures);
    return new KilnException(kind, problems, null);
  }
}
