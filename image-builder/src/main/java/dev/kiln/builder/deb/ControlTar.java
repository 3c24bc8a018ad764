package dev.kiln.builder.deb;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The control member: plain files in one directory, one of them {@code control}. */
final class ControlTar {
  private static final Pattern FILE = Pattern.compile("[a-z0-9][a-z0-9._+-]{0,63}");
  private static final int MAX_CONTROL = 1 << 20;

  private ControlTar() {}

  static ControlParagraph read(InputStream unpacked) throws IOException {
    TarReader tar = new TarReader(unpacked);
    FileTree tree = FileTree.ofOnePackage(Limits.USUAL);
    @Nullable ControlParagraph control = null;
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarEntry entry = next.get();
      String path = tree.add(entry);
      requirePlain(entry, path);
      if (path.equals("control")) {
        control = parsed(bounded(tar, entry));
      }
    }
    if (control == null) {
      throw new HostileDeb("it has no control file");
    }
    return control;
  }

  private static void requirePlain(TarEntry entry, String path) throws HostileDeb {
    boolean root = path.isEmpty() && entry.type() == EntryType.DIRECTORY;
    boolean file = entry.type() == EntryType.FILE && FILE.matcher(path).matches();
    if (!root && !file) {
      throw new HostileDeb(
          "its control member holds '"
              + EntryName.shown(entry.name())
              + "', which is no plain file");
    }
  }

  private static ControlParagraph parsed(byte[] content) throws HostileDeb {
    try {
      return ControlFile.parseOne("its control file", new String(content, StandardCharsets.UTF_8));
    } catch (KilnException e) {
      throw new HostileDeb(words(e.problems().get(0)), e);
    }
  }

  private static String words(Problem problem) {
    return problem.where().map(at -> "line " + at.line() + " of its control file: ").orElse("")
        + problem.what();
  }

  private static byte[] bounded(TarReader tar, TarEntry entry) throws IOException {
    if (entry.size() > MAX_CONTROL) {
      throw new HostileDeb("its control file has " + entry.size() + " bytes");
    }
    return tar.content().readAllBytes();
  }
}
