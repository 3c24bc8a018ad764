package dev.kiln.builder.deb;

import com.github.luben.zstd.Zstd;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.lock.LockedPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Writes packages member by member, also such as no sound program writes. */
public final class DebBytes {
  public static final String CONTROL = "Package: sample\nVersion: 1.0-1\nArchitecture: all\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public DebBytes() {
    raw("!<arch>\n");
  }

  /** A sound package but for its data. */
  public static byte[] withData(byte[] data) {
    return new DebBytes()
        .member("debian-binary", ascii("2.0\n"))
        .member("control.tar.gz", gzip(control(CONTROL)))
        .member("data.tar.gz", gzip(data))
        .bytes();
  }

  /** A sound package but for its control member, unpacked. */
  static byte[] withControl(byte[] control) {
    return new DebBytes()
        .member("debian-binary", ascii("2.0\n"))
        .member("control.tar", control)
        .member("data.tar.gz", gzip(data()))
        .bytes();
  }

  public static byte[] sound(String suffix) {
    return new DebBytes()
        .member("debian-binary", ascii("2.0\n"))
        .member("control.tar" + suffix, packed(suffix, control(CONTROL)))
        .member("data.tar" + suffix, packed(suffix, data()))
        .bytes();
  }

  /** A file of 128 MiB in 20 kB: streams of xz may follow one another. */
  public static byte[] bomb() {
    int size = 128 << 20;
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(
        packed(".xz", new TarBytes().directory("./").header("./x", '0', size, "").unended()));
    byte[] zeros = packed(".xz", new byte[16 << 20]);
    for (int i = 0; i < 8; i++) {
      data.writeBytes(zeros);
    }
    data.writeBytes(packed(".xz", new byte[1024]));
    return new DebBytes()
        .member("debian-binary", ascii("2.0\n"))
        .member("control.tar", control(CONTROL))
        .member("data.tar.xz", data.toByteArray())
        .bytes();
  }

  public static byte[] control(String control) {
    return new TarBytes().directory("./").file("./control", control).file("./md5sums", "").ended();
  }

  static byte[] data() {
    String longName = "./usr/share/" + "long/".repeat(30) + "name";
    return new TarBytes()
        .directory("./")
        .directory("./usr/")
        .directory("./usr/bin/")
        .mode("0004755")
        .file("./usr/bin/tool", "#!/bin/sh\n")
        .hardLink("./usr/bin/same", "./usr/bin/tool")
        .symbolicLink("./usr/bin/link", "../../bin/sh")
        .longName('L', longName)
        .file(longName.substring(0, 100), "content")
        .ended();
  }

  static LockedPackage locked(byte[] deb) {
    return SampleLock.binary("sample", "1.0-1", "all", deb);
  }

  public DebBytes member(String name, byte[] content) {
    header(name, content.length);
    out.writeBytes(content);
    return content.length % 2 == 1 ? raw("\n") : this;
  }

  public DebBytes header(String name, long size) {
    return raw(
        String.format(
            Locale.ROOT, "%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, 0, 0, 0, "100644", size));
  }

  public DebBytes raw(String text) {
    out.writeBytes(ascii(text));
    return this;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] packed(String suffix, byte[] bytes) {
    return switch (suffix) {
      case "" -> bytes;
      case ".gz" -> gzip(bytes);
      case ".xz" -> through(bytes, to -> new XZOutputStream(to, new LZMA2Options(1)));
      case ".zst" -> Zstd.compress(bytes);
      default -> throw new IllegalArgumentException(suffix);
    };
  }

  public static byte[] gzip(byte[] bytes) {
    return through(bytes, GZIPOutputStream::new);
  }

  private static byte[] through(byte[] bytes, Packer packer) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try {
      try (OutputStream to = packer.open(packed)) {
        to.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private interface Packer {
    OutputStream open(OutputStream to) throws IOException;
  }
}
