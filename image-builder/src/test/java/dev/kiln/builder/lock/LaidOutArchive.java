package dev.kiln.builder.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.builder.fetch.Mirror;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Packages that dpkg built, an index that dpkg-scanpackages wrote, a signature that gpg made,
 * served on this machine in any layout.
 */
final class LaidOutArchive implements AutoCloseable {
  private final Path directory;
  private final Path files;
  private final Mirror mirror = new Mirror();

  LaidOutArchive(Path directory) throws IOException {
    this.directory = directory;
    this.files = Files.createDirectories(directory.resolve("files/pool"));
    Files.createDirectories(directory.resolve("gnupg"));
    run(
        "gpg",
        "--quiet",
        "--batch",
        "--passphrase",
        "",
        "--quick-gen-key",
        "a@example.org",
        "ed25519",
        "sign",
        "never");
    run("gpg", "--quiet", "--armor", "--output", keys().toString(), "--export");
    pack("tool", "1.0+b1", "amd64", "Depends: aid:any (>= 1)");
    pack("tool", "9.0", "arm64", "Depends: aid:any (>= 1)");
    pack("aid", "1:2~rc1", "all", "Multi-Arch: allowed");
    // The percent sign is part of this name; nothing of it is decoded.
    Files.move(files.resolve("aid_2~rc1_all.deb"), files.resolve("aid_1%3a2~rc1_all.deb"));
    mirror.serve(
        "/",
        exchange -> {
          Path file = directory.resolve("files" + exchange.getRequestURI().getPath());
          if (Files.isRegularFile(file)) {
            Mirror.send(exchange, Files.readAllBytes(file));
          } else {
            Mirror.answer(exchange, 404);
          }
        });
  }

  Path keys() {
    return directory.resolve("keys.asc");
  }

  URI root(String name) {
    return mirror.address("/" + name);
  }

  /**
   * Lays the packages out.
   *
   * @param root of the repository, a name of its own
   * @param release the directory of the signed file below it
   * @param indexes the paths of the index below that, with the suffixes of their compression
   * @param fields of the Release file
   * @param inline whether it is signed as InRelease, and not by Release.gpg
   */
  void publish(String root, String release, List<String> indexes, String fields, boolean inline) {
    try {
      Path top = Files.createDirectories(directory.resolve("files").resolve(root));
      Files.createDirectories(top.resolve("pool"));
      try (Stream<Path> debs = Files.list(files)) {
        for (Path deb : debs.toList()) {
          Files.copy(deb, top.resolve("pool").resolve(deb.getFileName()));
        }
      }
      String index = runIn(top, "dpkg-scanpackages", "--multiversion", ".");
      Path suite = Files.createDirectories(top.resolve(release));
      StringBuilder text = new StringBuilder(fields);
      text.append("Date: ").append(now()).append("\nSHA256:\n");
      for (String path : indexes) {
        text.append(line(path, write(suite.resolve(path), index, fields.contains("By-Hash"))));
        if (!path.endsWith("Packages")) {
          // As everybody writes and apt wants it, though the file is not there.
          text.append(line(path.replaceFirst("\\.[a-z0-9]+$", ""), index.getBytes(UTF_8)));
        }
      }
      sign(Files.writeString(suite.resolve("Release"), text), inline);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(String path, byte[] content) {
    return " %s %d %s\n".formatted(Digest.of(content).hex(), content.length, path);
  }

  private byte[] write(Path file, String index, boolean byHash) throws IOException {
    Files.createDirectories(file.getParent());
    String name = String.valueOf(file.getFileName());
    Path plain = Files.writeString(directory.resolve("Packages"), index);
    byte[] content = compressed(name.substring("Packages".length()), plain);
    Path place = file;
    if (byHash) {
      // Under their digests alone.
      place = file.resolveSibling("by-hash/SHA256/" + Digest.of(content).hex());
      Files.createDirectories(place.getParent());
    }
    Files.write(place, content);
    return content;
  }

  private byte[] compressed(String suffix, Path plain) throws IOException {
    List<String> program =
        switch (suffix) {
          case ".xz" -> List.of("xz");
          case ".lzma" -> List.of("xz", "--format=lzma");
          case ".zst" -> List.of("zstd", "--quiet");
          case ".bz2" -> List.of("bzip2");
          case ".gz" -> List.of("gzip");
          default -> List.of("cat");
        };
    List<String> command = new ArrayList<>(program);
    if (!suffix.isEmpty()) {
      command.add("--stdout");
    }
    command.add(plain.toString());
    return bytes(directory, command);
  }

  private void sign(Path release, boolean inline) throws IOException {
    if (inline) {
      run(
          "gpg",
          "--quiet",
          "--batch",
          "--output",
          release.resolveSibling("InRelease").toString(),
          "--clearsign",
          release.toString());
      Files.delete(release);
    } else {
      run(
          "gpg",
          "--quiet",
          "--batch",
          "--armor",
          "--output",
          release + ".gpg",
          "--detach-sign",
          release.toString());
    }
  }

  private void pack(String name, String version, String architecture, String field)
      throws IOException {
    Path tree = Files.createDirectories(directory.resolve(name + "-" + architecture));
    Files.writeString(
        Files.createDirectories(tree.resolve("DEBIAN")).resolve("control"),
        "Package: %s\nVersion: %s\nArchitecture: %s\nMaintainer: a <a@example.org>\n%s\nDescription: x\n"
            .formatted(name, version, architecture, field));
    run("dpkg-deb", "--build", "--root-owner-group", tree.toString(), files.toString());
  }

  private static String now() {
    return DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
        .format(Instant.now().atOffset(ZoneOffset.UTC));
  }

  private void run(String... command) {
    runIn(directory, command);
  }

  private String runIn(Path where, String... command) {
    return new String(bytes(where, List.of(command)), UTF_8);
  }

  private byte[] bytes(Path where, List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
      builder.environment().put("GNUPGHOME", directory.resolve("gnupg").toString());
      builder.redirectError(directory.resolve("errors").toFile());
      Process process = builder.start();
      byte[] output = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new AssertionError(command + ": " + Files.readString(directory.resolve("errors")));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    run("gpgconf", "--kill", "all");
    mirror.close();
  }
}
