package dev.kiln.builder.bake;

import java.net.URI;
import java.util.List;

/** Where this machine gets the files of the profile's repositories from. */
@FunctionalInterface
public interface RepositoryAddresses {
  /**
   * The addresses of one file, in the order in which they are tried.
   *
   * @param repository the profile's name of it
   * @param path below the repository's root
   */
  List<URI> of(String repository, String path);
}
