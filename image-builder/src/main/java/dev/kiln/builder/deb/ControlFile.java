package dev.kiln.builder.deb;

import dev.kiln.lock.LockedPackage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The fields of a package's control file, as far as they name the package (deb-control(5)). */
final class ControlFile {
  private final Map<String, String> fields = new HashMap<>();

  ControlFile(byte[] content) throws HostileDeb {
    for (String line : new String(content, StandardCharsets.UTF_8).split("\n")) {
      int colon = line.indexOf(':');
      boolean continued = line.startsWith(" ") || line.startsWith("\t");
      if (!continued && colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        if (fields.put(name, line.substring(colon + 1).strip()) != null) {
          throw new HostileDeb("its control file has a field twice");
        }
      }
    }
  }

  /** Refuses a package that calls itself something else than the lock does. */
  void requireIdentity(LockedPackage expected) throws HostileDeb {
    require("Package", expected.name());
    require("Version", expected.version());
    require("Architecture", expected.architecture());
  }

  private void require(String field, String expected) throws HostileDeb {
    String found = fields.getOrDefault(field.toLowerCase(Locale.ROOT), "");
    if (!found.equals(expected)) {
      throw new HostileDeb(
          "its "
              + field
              + " is '"
              + EntryName.shown(found)
              + "', the lock says '"
              + expected
              + "'");
    }
  }
}
