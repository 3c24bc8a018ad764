package dev.kiln.builder.lock;

import dev.kiln.builder.debian.archive.ArchiveSource;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** One repository, fetched from its mirrors through the cache. */
final class MirroredArchive implements ArchiveSource {
  private final Fetcher fetcher;
  private final Mirrors mirrors;
  private final String repository;

  MirroredArchive(Fetcher fetcher, Mirrors mirrors, String repository) {
    this.fetcher = fetcher;
    this.mirrors = mirrors;
    this.repository = repository;
  }

  @Override
  public String name() {
    return repository;
  }

  @Override
  public byte[] readUnverified(String path, long most) {
    return fetcher.fetchSmall(
        repository + "/" + path, mirrors.of(repository, path), Math.toIntExact(most));
  }

  @Override
  public byte[] readVerified(List<String> paths, long size, Digest digest) {
    List<URI> addresses =
        paths.stream().flatMap(path -> mirrors.of(repository, path).stream()).toList();
    String label = repository + "/" + paths.get(paths.size() - 1);
    Path file = fetcher.fetch(new Download(label, digest, OptionalLong.of(size), addresses));
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }
}
