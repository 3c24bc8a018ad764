package dev.kiln.builder.gomod;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import dev.kiln.file.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A module's zip (https://go.dev/ref/mod#zip-files), read as what anybody may have sent: names stay
 * below the module's own directory, none stands twice, and sizes are counted, not believed.
 */
final class ModuleArchive implements AutoCloseable {
  /** Bytes of all files, as Go itself bounds them. */
  static final long MOST_BYTES = 500L << 20;

  /** Entries; Kubernetes has 10,000, a toolchain 15,000. */
  private static final int MOST_ENTRIES = 65_000;

  private static final int LONGEST_NAME = 1_000;
  private static final int MOST_TEXT = 1 << 20;

  private final String name;
  private final String root;
  private final ZipFile zip;
  private final SortedMap<String, ZipArchiveEntry> entries =
      new TreeMap<>(Comparator.comparing(ModuleArchive::bytes, Arrays::compareUnsigned));
  private long read;

  private ModuleArchive(String module, String version, ZipFile zip) {
    this.name = module + " " + version;
    this.root = module + "@" + version + "/";
    this.zip = zip;
  }

  /**
   * Opens the zip of a version of a module.
   *
   * @throws KilnException of kind INPUT where it is none
   */
  static ModuleArchive open(String module, String version, Path file) {
    ZipFile zip;
    try {
      if (ZipDirectory.size(file).orElse(0) > ZipDirectory.MOST_BYTES) {
        throw refusal(
            module + " " + version,
            "has a directory of more than " + ZipDirectory.MOST_BYTES + " bytes");
      }
      zip = ZipFile.builder().setPath(file).setUseUnicodeExtraFields(false).get();
    } catch (IOException e) {
      throw refusal(module + " " + version, "is no zip: " + KilnException.reason(e));
    }
    ModuleArchive archive = new ModuleArchive(module, version, zip);
    boolean good = false;
    try {
      archive.readNames();
      good = true;
      return archive;
    } finally {
      if (!good) {
        archive.close();
      }
    }
  }

  private void readNames() {
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      String path = entry.getName();
      if (path.length() > LONGEST_NAME || !isBelowItsRoot(path)) {
        throw refusal(name, "holds '" + Shown.of(path, 120) + "', which leaves its directory");
      }
      if (entry.isUnixSymlink()) {
        throw refusal(name, "holds the link '" + Shown.of(path, 120) + "'");
      }
      if (entries.put(path, entry) != null) {
        throw refusal(name, "holds '" + Shown.of(path, 120) + "' twice");
      }
      if (entries.size() > MOST_ENTRIES) {
        throw refusal(name, "holds more than " + MOST_ENTRIES + " files");
      }
    }
  }

  private boolean isBelowItsRoot(String path) {
    return path.startsWith(root)
        && path.chars().allMatch(each -> each >= ' ' && each != 0x7f && each != '\\')
        && !("/" + path + "/").contains("/../")
        && !("/" + path + "/").contains("/./")
        && !path.substring(0, path.length() - 1).contains("//");
  }

  /** The hash that a {@code go.sum} has of it. */
  String hash() throws IOException {
    read = 0;
    SortedMap<String, Digest> files = new TreeMap<>(entries.comparator());
    for (String path : entries.keySet()) {
      MessageDigest digest = Digest.newMessageDigest();
      each(path, (bytes, count) -> digest.update(bytes, 0, count));
      files.put(path, Digest.finish(digest));
    }
    return ModuleHash.of(files);
  }

  /**
   * Whether it has a text at its root that is short enough to be read; sizes are those of {@link
   * #hash}.
   */
  boolean hasText(String file) {
    ZipArchiveEntry entry = entries.get(root + file);
    return entry != null && entry.getSize() <= MOST_TEXT;
  }

  /** A text at its root, such as {@code go.mod}; empty where it has none. */
  Optional<String> text(String file) throws IOException {
    if (!entries.containsKey(root + file)) {
      return Optional.empty();
    }
    read = 0;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    each(
        root + file,
        (bytes, count) -> {
          if (text.size() + count > MOST_TEXT) {
            throw refusal(name, "has a " + file + " of more than " + MOST_TEXT + " bytes");
          }
          text.write(bytes, 0, count);
        });
    return Optional.of(text.toString(StandardCharsets.UTF_8));
  }

  /** Takes files in the order of their names. */
  interface Files {
    /**
     * One file.
     *
     * @param path below the module's root
     * @param size bytes
     */
    void take(String path, long size, InputStream content) throws IOException;
  }

  /** Gives every file; directories are none. */
  void forEachFile(Files files) throws IOException {
    for (var each : entries.entrySet()) {
      if (!each.getKey().endsWith("/")) {
        try (InputStream in = zip.getInputStream(each.getValue())) {
          files.take(each.getKey().substring(root.length()), each.getValue().getSize(), in);
        }
      }
    }
  }

  private interface Bytes {
    void take(byte[] bytes, int count);
  }

  private void each(String path, Bytes bytes) throws IOException {
    ZipArchiveEntry entry = Objects.requireNonNull(entries.get(path), path);
    long size = 0;
    try (InputStream in = open(entry)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = read(in, buffer, path); n >= 0; n = read(in, buffer, path)) {
        size += n;
        read += n;
        if (read > MOST_BYTES) {
          throw refusal(name, "unpacks to more than " + MOST_BYTES + " bytes");
        }
        bytes.take(buffer, n);
      }
    }
    // Of the size there is no hash, and whoever unpacks it counts on it.
    if (size != entry.getSize()) {
      throw damaged(path, "it has " + size + " bytes, not " + entry.getSize());
    }
  }

  private InputStream open(ZipArchiveEntry entry) {
    try {
      return zip.getInputStream(entry);
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(entry.getName(), String.valueOf(e.getMessage()));
    }
  }

  private int read(InputStream in, byte[] buffer, String path) {
    try {
      return in.read(buffer);
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(path, String.valueOf(e.getMessage()));
    }
  }

  private KilnException damaged(String path, String how) {
    return refusal(name, "has a damaged '" + Shown.of(path, 120) + "': " + Shown.of(how, 120));
  }

  private static byte[] bytes(String path) {
    return path.getBytes(StandardCharsets.UTF_8);
  }

  private static KilnException refusal(String name, String what) {
    return KilnException.input(
        "the archive of the module " + name + " " + what, "Take it from another proxy");
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
