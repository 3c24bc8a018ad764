package dev.kiln.builder.deb;

import dev.kiln.builder.packages.ReadyPackages;
import dev.kiln.failure.KilnException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of several packages as one tar archive: what a new root holds before its own dpkg can
 * run. Owners are numbers to be taken as they are; modes, times and links are the packages' own. A
 * link of one package that another's file would go through is refused, so that unpacking it never
 * leaves the root.
 */
public final class BootstrapTar {
  private static final int BUFFER = 1 << 16;

  private final MergedUsr merged;
  private final FileTree tree = FileTree.ofManyPackages(Limits.USUAL);

  public BootstrapTar(MergedUsr merged) {
    this.merged = merged;
  }

  /**
   * Writes the archive; the stream is not closed.
   *
   * @param readyDebs as {@link ReadyPackages} makes them, in the order to unpack them
   */
  public void write(List<Path> readyDebs, OutputStream out) {
    try (OutputStream buffered = new BufferedOutputStream(new Unclosed(out), BUFFER)) {
      TarWriter tar = new TarWriter(buffered);
      writeLinks(tar);
      for (Path deb : readyDebs) {
        writePackage(deb, tar);
      }
      tar.end();
    } catch (IOException e) {
      throw KilnException.io("write the files of packages", e);
    }
  }

  private void writeLinks(TarWriter tar) throws IOException {
    add(directory(""), tar, InputStream.nullInputStream());
    add(directory("usr"), tar, InputStream.nullInputStream());
    for (String name : merged.directories()) {
      add(directory("usr/" + name), tar, InputStream.nullInputStream());
      add(link(name), tar, InputStream.nullInputStream());
    }
  }

  private void writePackage(Path deb, TarWriter out) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(deb), BUFFER)) {
      TarReader tar = ReadyDeb.data(file);
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        TarEntry entry = next.get();
        String path = EntryName.plain(entry.name(), entry.type() == EntryType.DIRECTORY);
        if (!isOurLink(entry, path)) {
          add(mapped(entry, path), out, tar.content());
        }
      }
    } catch (HostileDeb e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          "the package " + deb + " cannot be part of a new root: " + e.words(),
          "Lock another version of it, or of the package it goes against",
          e);
    }
  }

  private void add(TarEntry entry, TarWriter out, InputStream content) throws IOException {
    tree.add(entry);
    out.write(entry, content);
  }

  private TarEntry mapped(TarEntry entry, String path) throws HostileDeb {
    String target = entry.linkName();
    if (entry.type() == EntryType.HARD_LINK) {
      target = "./" + merged.real(EntryName.plain(target, false));
    }
    String slash = entry.type() == EntryType.DIRECTORY && !path.isEmpty() ? "/" : "";
    return entry.withNames("./" + merged.real(path) + slash, target);
  }

  /** A release whose own packages hold the links has them twice. */
  private boolean isOurLink(TarEntry entry, String path) {
    return entry.type() == EntryType.SYMBOLIC_LINK
        && merged.isLink(path)
        && entry.linkName().equals("usr/" + path);
  }

  private static TarEntry directory(String path) {
    String name = path.isEmpty() ? "./" : "./" + path + "/";
    return new TarEntry(EntryType.DIRECTORY, name, 0755, 0, 0, 0, 0, "", "root", "root");
  }

  private static TarEntry link(String name) {
    return new TarEntry(
        EntryType.SYMBOLIC_LINK, "./" + name, 0777, 0, 0, 0, 0, "usr/" + name, "root", "root");
  }
}
