package dev.kiln.builder.fetch;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.fetch.FailedAttempt.Reason;
import dev.kiln.builder.progress.Bar;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fetches a file whose digest nobody knows yet; what is checked is kept by its digest. */
final class FetchUnknown {
  private final Cache cache;
  private final Sources sources;
  private final Patience patience;
  private final Bar bar;

  FetchUnknown(Cache cache, Sources sources, Patience patience, Bar bar) {
    this.cache = cache;
    this.sources = sources;
    this.patience = patience;
    this.bar = bar;
  }

  /** The digest of what the first place gives that has it. */
  Digest fetch(UnknownFile wanted) {
    List<Problem> problems = new ArrayList<>();
    Kind kind = Kind.DEPENDENCY;
    try (Scratch scratch = cache.scratch("fetch")) {
      Path target = scratch.path().resolve("file");
      for (UnknownFile.Place place : wanted.places()) {
        try {
          Attempts attempts = new Attempts(wanted.label(), sources, patience);
          Optional<Path> file =
              attempts.ifThere(
                  place.address(),
                  !isLast(place, wanted),
                  address -> copy(address, wanted, target));
          if (file.isPresent()) {
            return kept(file.get());
          }
          problems.addAll(attempts.missing().failure().problems());
        } catch (KilnException e) {
          problems.addAll(e.problems());
          kind = e.kind() == Kind.INPUT ? Kind.INPUT : kind;
          if (!place.passedOver()) {
            break;
          }
        }
      }
    } catch (IOException e) {
      throw KilnException.io("fetch " + wanted.label(), e);
    }
    throw new KilnException(kind, problems, null);
  }

  private static boolean isLast(UnknownFile.Place place, UnknownFile wanted) {
    return place.equals(wanted.places().get(wanted.places().size() - 1));
  }

  private Path copy(URI address, UnknownFile wanted, Path target)
      throws IOException, InterruptedException {
    try (Body body = sources.open(address, 0);
        OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[1 << 16];
      long came = 0;
      for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
        came += n;
        if (came > wanted.most()) {
          throw new FailedAttempt(
              Reason.WRONG_CONTENT, "gives more than " + wanted.most() + " bytes");
        }
        out.write(buffer, 0, n);
        bar.advance(n);
      }
      if (came < body.total().orElse(0)) {
        throw new FailedAttempt(
            Reason.PASSING,
            "broke off after " + came + " of " + body.total().getAsLong() + " bytes");
      }
    }
    try {
      wanted.check().check(target);
    } catch (KilnException e) {
      throw new FailedAttempt(Reason.WRONG_CONTENT, e.problems().get(0).what(), e);
    }
    return target;
  }

  private static int read(Body body, byte[] buffer) throws FailedAttempt {
    try {
      return body.bytes().read(buffer);
    } catch (IOException e) {
      throw ConnectionFailures.explain(e);
    }
  }

  private Digest kept(Path file) throws IOException {
    Digest digest = Digest.of(file);
    cache.blob(
        digest,
        writer -> {
          writer.restart();
          try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
              writer.write(ByteBuffer.wrap(buffer, 0, n));
            }
          }
        });
    return digest;
  }
}
