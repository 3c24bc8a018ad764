package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.boot.KeptLoaders;
import dev.kiln.bootserver.boot.LoaderName;
import dev.kiln.bootserver.boot.LoaderProgram;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The boot programs, by exactly their names. A name is looked up and never becomes a path, so none
 * can lead anywhere else. Leading slashes do not count: firmware writes both.
 */
public record LoaderSource(KeptLoaders loaders) implements FileSource {
  @Override
  public Optional<ByteBuffer> find(String name) {
    return LoaderName.asked(withoutSlashes(name)).flatMap(loaders::find).map(LoaderProgram::octets);
  }

  private static String withoutSlashes(String name) {
    int start = 0;
    while (start < name.length() && name.charAt(start) == '/') {
      start++;
    }
    return name.substring(start);
  }
}
