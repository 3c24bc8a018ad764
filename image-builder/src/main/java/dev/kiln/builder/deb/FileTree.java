package dev.kiln.builder.deb;

import java.util.HashMap;
import java.util.Map;

/**
 * The names that archives have made so far. It refuses what could end up outside the tree, whatever
 * unpacks it: no entry goes through a link.
 */
final class FileTree {
  private final Map<String, EntryType> made = new HashMap<>();
  private final Limits limits;
  private long nameBytes;

  private final boolean replacing;

  private FileTree(Limits limits, boolean replacing) {
    this.limits = limits;
    this.replacing = replacing;
  }

  /** Of one package, which names each file once. */
  static FileTree ofOnePackage(Limits limits) {
    return new FileTree(limits, false);
  }

  /** Of packages unpacked one after the other, where a later one may replace a file. */
  static FileTree ofManyPackages(Limits limits) {
    return new FileTree(limits, true);
  }

  /**
   * Adds an entry of one archive.
   *
   * @return its plain path
   */
  String add(TarEntry entry) throws HostileDeb {
    String path = EntryName.plain(entry.name(), entry.type() == EntryType.DIRECTORY);
    requireNoLinkAbove(path);
    if (entry.type() == EntryType.HARD_LINK) {
      requireFile(path, EntryName.plain(entry.linkName(), false));
    }
    if (entry.type() == EntryType.SYMBOLIC_LINK) {
      EntryName.requireTarget(path, entry.linkName());
    }
    record(path, entry.type());
    return path;
  }

  private void record(String path, EntryType type) throws HostileDeb {
    EntryType before = made.put(path, type);
    if (before != null && !mayFollow(before, type)) {
      throw new HostileDeb("the name '" + EntryName.shown(path) + "' is there twice");
    }
    nameBytes += before == null ? path.length() : 0;
    if (made.size() > limits.entries() || nameBytes > limits.nameBytes()) {
      throw new HostileDeb("it holds more than " + limits.entries() + " files, or endless names");
    }
  }

  /** Neither may a directory with files in it become a link, nor a link a directory. */
  private boolean mayFollow(EntryType before, EntryType type) {
    boolean directories = before == EntryType.DIRECTORY && type == EntryType.DIRECTORY;
    boolean others = before != EntryType.DIRECTORY && type != EntryType.DIRECTORY;
    return directories || (replacing && others);
  }

  private void requireNoLinkAbove(String path) throws HostileDeb {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      EntryType above = made.get(path.substring(0, slash));
      if (above == EntryType.SYMBOLIC_LINK) {
        throw new HostileDeb(
            "the name '" + EntryName.shown(path) + "' goes through a symbolic link of its own");
      }
      if (above != null && above != EntryType.DIRECTORY) {
        throw new HostileDeb("the name '" + EntryName.shown(path) + "' goes through a file");
      }
    }
  }

  private void requireFile(String path, String target) throws HostileDeb {
    EntryType type = made.get(target);
    if (type != EntryType.FILE && type != EntryType.HARD_LINK) {
      throw new HostileDeb(
          "the hard link '"
              + EntryName.shown(path)
              + "' is to '"
              + EntryName.shown(target)
              + "', which is no file before it in the package");
    }
  }
}
