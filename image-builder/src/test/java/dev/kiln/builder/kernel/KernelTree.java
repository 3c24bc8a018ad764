package dev.kiln.builder.kernel;

import dev.kiln.builder.sandbox.ImageTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tree with a kernel and some modules, as small as they can be. */
public final class KernelTree {
  public static final String RELEASE = "6.1.0-1-amd64";
  public static final String CARD = "kernel/drivers/net/ethernet/maker/card.ko";

  private final Path root;

  private KernelTree(Path root) {
    this.root = root;
  }

  /** A kernel without any module. */
  public static KernelTree make(Path root) throws IOException {
    KernelTree tree = new KernelTree(root);
    tree.file("boot/vmlinuz-" + RELEASE, "the kernel");
    tree.modules("modules.dep", "").modules("modules.alias", "");
    return tree;
  }

  Path root() {
    return root;
  }

  /** As a bake takes it. */
  public ImageTree tree() {
    return ImageTree.at(root);
  }

  public KernelTree file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    return this;
  }

  /** A file of bytes. */
  KernelTree file(String path, byte[] content) throws IOException {
    return file(path, new String(content, StandardCharsets.ISO_8859_1));
  }

  /** A file below the kernel's own directory. */
  public KernelTree modules(String path, String content) throws IOException {
    return file("usr/lib/modules/" + RELEASE + "/" + path, content);
  }

  /** A module that names firmware, as it stands in a .modinfo section. */
  public KernelTree module(String path, String... firmware) throws IOException {
    StringBuilder content = new StringBuilder("\177ELF description=a card\0");
    for (String name : firmware) {
      content.append("firmware=").append(name).append('\0');
    }
    return modules(path, content.toString());
  }
}
