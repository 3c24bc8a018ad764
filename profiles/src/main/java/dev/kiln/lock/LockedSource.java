package dev.kiln.lock;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.kiln.file.Digest;
import java.util.List;
import java.util.function.Function;

/** What a pin is built from: each sort of source names its files in its own way. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = LockedSource.SourcePackage.class, name = "source-package"))
public sealed interface LockedSource {
  /**
   * What a function of its sort makes of it. A new sort brings another function, so that the
   * compiler names every place that has to know it.
   */
  <T> T map(Function<SourcePackage, T> ofSourcePackage);

  /**
   * A distribution's source package.
   *
   * @param name of the source package
   * @param version exactly
   * @param files the description first (Debian: the .dsc); at least that one
   */
  record SourcePackage(String name, String version, List<SourceFile> files)
      implements LockedSource {
    public SourcePackage {
      files = List.copyOf(files);
      if (files.isEmpty()) {
        throw new IllegalArgumentException("the source package " + name + " has no files");
      }
    }

    @Override
    public <T> T map(Function<SourcePackage, T> ofSourcePackage) {
      return ofSourcePackage.apply(this);
    }
  }

  /**
   * One file of a source package.
   *
   * @param index the generation of the index that named it
   * @param path below the repository's root
   * @param size bytes
   */
  record SourceFile(IndexName index, String path, long size, Digest digest) {
    public SourceFile {
      path = RepositoryPath.checked(path, "a source package");
      if (size < 0) {
        throw new IllegalArgumentException(path + " has a size of " + size);
      }
    }

    /** The last part of its path. */
    public String fileName() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }
}
