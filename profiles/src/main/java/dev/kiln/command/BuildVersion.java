package dev.kiln.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote into the jar. */
public final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "${ROOT-COMMAND-NAME} " + current(), "Java ${java.version}, ${os.name} ${os.arch}"
    };
  }

  public static String current() {
    try (InputStream in = BuildVersion.class.getResourceAsStream("/dev/kiln/version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new IllegalStateException("the jar is damaged", e);
    }
  }
}
