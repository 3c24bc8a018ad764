package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.builder.fetch.Mirror;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Modules of a proxy, and the lines that a go.sum has of them. */
public final class SampleModules {
  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final StringBuilder sum = new StringBuilder();

  /**
   * Adds a version of a module.
   *
   * @param content file below the module's root to its text; go.mod is one of them
   */
  public SampleModules add(String module, String version, Map<String, String> content)
      throws IOException {
    byte[] zip = zip(module + "@" + version + "/", content);
    String mod = content.getOrDefault("go.mod", "");
    String path = "/" + escaped(module) + "/@v/" + version;
    files.put(path + ".zip", zip);
    files.put(path + ".mod", mod.getBytes(UTF_8));
    Map<String, String> named = new TreeMap<>();
    content.forEach((name, text) -> named.put(module + "@" + version + "/" + name, text));
    sum.append(module + " " + version + " " + hash(named) + "\n");
    sum.append(module + " " + version + "/go.mod " + hash(Map.of("go.mod", mod)) + "\n");
    return this;
  }

  /** All lines so far. */
  public String sum() {
    return sum.toString();
  }

  private static String escaped(String module) {
    return CAPITAL
        .matcher(module)
        .replaceAll(found -> "!" + found.group().toLowerCase(Locale.ROOT));
  }

  /** Where the proxy has something. */
  Set<String> paths() {
    return Set.copyOf(files.keySet());
  }

  /** What the proxy has at a path. */
  public byte[] file(String path) {
    return Objects.requireNonNull(files.get(path), path).clone();
  }

  /** Serves all of them. */
  void serve(Mirror mirror) {
    files.forEach(mirror::serve);
  }

  /** Writes all of them below a directory, which is then a proxy of {@code file:}. */
  public void write(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path place = directory.resolve(file.getKey().substring(1));
      Files.createDirectories(place.resolveSibling(""));
      Files.write(place, file.getValue());
    }
  }

  static byte[] zip(String root, Map<String, String> content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : content.entrySet()) {
        zip.putNextEntry(new ZipEntry(root + file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** As golang.org/x/mod/sumdb/dirhash describes Hash1. */
  private static String hash(Map<String, String> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach(
        (name, text) -> lines.append(HexFormat.of().formatHex(sha256(text)) + "  " + name + "\n"));
    return "h1:" + Base64.getEncoder().encodeToString(sha256(lines.toString()));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
