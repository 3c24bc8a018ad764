package dev.kiln.builder.layer;

import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.Exit;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a tree as a squashfs by the kit's mksquashfs, and refuses what a host put into it. */
final class MakeSquashfs {
  private static final String PROGRAM = "/usr/bin/mksquashfs";

  /**
   * By itself it takes a quarter of the machine's, whatever else is in there. No byte depends on
   * it.
   */
  private static final String MEMORY = "256M";

  private static final Pattern VERSION =
      Pattern.compile("(?m)^mksquashfs version (\\d{1,4})\\.(\\d{1,4})");

  private final Kit kit;
  private final List<String> compression;

  /**
   * Prepares.
   *
   * @param compression options of mksquashfs(1) for it
   */
  MakeSquashfs(Kit kit, List<String> compression) {
    this.kit = kit;
    this.compression = List.copyOf(compression);
  }

  /** Writes it. */
  void make(TreeToPack tree, Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException("a layer's file lies in a directory");
    }
    List<String> options = new ArrayList<>(compression);
    options.addAll(List.of("-b", "131072", "-mkfs-time", Long.toString(tree.time())));
    options.addAll(List.of("-noappend", "-no-progress", "-quiet", "-mem", MEMORY));
    options.addAll(attributes(tree));
    // The last option may take all that follows (-e).
    options.addAll(tree.options());
    kit.sandbox()
        .run(
            kit.command(PROGRAM, "/run/tree", "/run/layer/" + file.getFileName())
                .and(options)
                .with(Bind.readOnly(tree.directory(), "/run/tree"))
                .with(Bind.writable(directory, "/run/layer")))
        .orFail("pack a layer as squashfs");
    requireNoLabels(tree, file);
  }

  /** From 4.6 on it can leave out what a host with SELinux puts on every file. */
  private List<String> attributes(TreeToPack tree) {
    if (tree.attributes().isEmpty()) {
      return List.of("-no-xattrs");
    }
    Exit exit = kit.sandbox().run(kit.command(PROGRAM, "-version"));
    Matcher version = VERSION.matcher(exit.output());
    boolean chooses =
        version.find()
            && 1000 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2))
                >= 4006;
    return chooses ? List.of("-xattrs-include", wanted(tree)) : List.of("-xattrs");
  }

  /** The family's, and {@code user.*} (xattr(7)): no host puts anything there. */
  private static String wanted(TreeToPack tree) {
    return tree.attributes().stream()
        .sorted()
        .map(name -> name.replace(".", "\\.") + "$|")
        .collect(Collectors.joining("", "^(", "user\\.)"));
  }

  private static void requireNoLabels(TreeToPack tree, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      SortedSet<String> names = SquashfsAttributes.names(channel);
      names.removeIf(name -> name.matches(wanted(tree) + ".*"));
      if (!names.isEmpty()) {
        throw KilnException.dependency(
            "this machine puts attributes on files that must not be in a layer: "
                + Shown.of(String.join(", ", names), 200),
            "Bake on a machine without SELinux, or with a kit of squashfs-tools 4.6 or newer,"
                + " which leave them out");
      }
    }
  }
}
