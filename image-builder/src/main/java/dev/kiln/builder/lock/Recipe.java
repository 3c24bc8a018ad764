package dev.kiln.builder.lock;

import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is done with a build's sources.
 *
 * @param commands a shell script; of Go modules, what decides how they are compiled
 * @param outputs file to its path in the image
 */
record Recipe(String commands, Map<String, String> outputs) {
  /** Of the commands and outputs, and of nothing else. */
  static Digest digest(Build build) {
    Map<String, String> outputs = new LinkedHashMap<>();
    build.outputs().forEach((file, path) -> outputs.put(file, path.toString()));
    return Digest.of(Json.write(new Recipe(commands(build.making()), outputs)));
  }

  private static String commands(Making making) {
    return making instanceof Making.OfPackage made ? made.commands() : making.toString();
  }
}
