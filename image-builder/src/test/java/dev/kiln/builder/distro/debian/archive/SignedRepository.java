package dev.kiln.builder.distro.debian.archive;

import dev.kiln.builder.distro.ArchiveSource;
import dev.kiln.builder.fetch.SmallAnswer;
import dev.kiln.builder.fetch.SmallAnswer.Given;
import dev.kiln.builder.fetch.SmallAnswer.Missing;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** A small signed repository, made in a test and kept in memory. */
public final class SignedRepository implements ArchiveSource {
  private final TestSigner signer;
  private final String suite;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Map<String, byte[]> indexes = new TreeMap<>();
  private final Map<String, byte[]> files = new TreeMap<>();

  /** Starts a suite whose Release file was made a moment ago and never expires. */
  public SignedRepository(TestSigner signer, String suite) {
    this.signer = signer;
    this.suite = suite;
    fields.put("Origin", "Test");
    fields.put("Suite", "stable");
    fields.put("Codename", suite);
    fields.put("Date", date(Instant.now()));
    fields.put("Acquire-By-Hash", "yes");
    fields.put("Architectures", "amd64");
    fields.put("Components", "main");
  }

  /** A date as Release files write it. */
  public static String date(Instant time) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", java.util.Locale.ENGLISH)
        .format(time.atOffset(ZoneOffset.UTC));
  }

  /** Sets a field of the Release file. */
  public SignedRepository field(String name, String value) {
    fields.put(name, value);
    return this;
  }

  /** Adds a Packages index, offered as text, xz and gz. */
  public SignedRepository packages(String component, String text) {
    return index(component + "/binary-amd64/Packages", text);
  }

  /** Adds a Packages index of another architecture. */
  public SignedRepository packages(String component, String architecture, String text) {
    return index(component + "/binary-" + architecture + "/Packages", text);
  }

  public SignedRepository sources(String component, String text) {
    return index(component + "/source/Sources", text);
  }

  SignedRepository index(String path, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    indexes.put(path, content);
    indexes.put(path + ".xz", compress(text, true));
    indexes.put(path + ".gz", compress(text, false));
    return this;
  }

  /** Replaces an index that the Release file will list, such as {@code main/…/Packages.xz}. */
  SignedRepository rawIndex(String path, byte[] content) {
    indexes.put(path, content);
    return this;
  }

  SignedRepository without(String path) {
    indexes.remove(path);
    return this;
  }

  /** Signs what was added; afterwards the files can be read, and tampered with. */
  public SignedRepository sign() {
    return publish(signer.clearsign(release()));
  }

  SignedRepository publish(byte[] inRelease) {
    files.put("dists/" + suite + "/InRelease", inRelease);
    indexes.forEach(
        (path, content) -> {
          String whole = "dists/" + suite + "/" + path;
          files.put(whole, content);
          String directory = whole.substring(0, whole.lastIndexOf('/'));
          files.put(directory + "/by-hash/SHA256/" + Digest.of(content).hex(), content);
        });
    return this;
  }

  String release() {
    StringBuilder text = new StringBuilder();
    fields.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append("SHA256:\n");
    indexes.forEach(
        (path, content) ->
            text.append(" %s %d %s%n".formatted(Digest.of(content).hex(), content.length, path)));
    return text.toString();
  }

  /** Every file by its path below the repository's root. */
  public Map<String, byte[]> files() {
    return files;
  }

  /** The suite, as a profile wants it. */
  public Suite suite(String... components) {
    return new Suite("test", suite, List.of(components), signer.keyring());
  }

  @Override
  public String name() {
    return "http://mirror.test/debian";
  }

  @Override
  public <T> T readUnverified(String what, Reading<T> reading) {
    return reading.from(
        new Place() {
          @Override
          public String address(String path) {
            return name() + "/" + path;
          }

          @Override
          public SmallAnswer ask(String path, int most) {
            byte[] content = files.get(path);
            return content == null || content.length > most
                ? new Missing(KilnException.dependency("there is no " + path, ""))
                : new Given(content);
          }
        });
  }

  @Override
  public byte[] readVerified(List<String> paths, long size, Digest digest) {
    byte[] content =
        paths.stream().filter(files::containsKey).map(files::get).findFirst().orElseThrow();
    if (content.length != size || !Digest.of(content).equals(digest)) {
      throw KilnException.input(paths.get(0) + " is not what was signed", "");
    }
    return content;
  }

  static byte[] compress(String text, boolean xz) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream compressor =
        xz ? new XZOutputStream(out, new LZMA2Options(1)) : new GZIPOutputStream(out)) {
      compressor.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }
}
