package dev.kiln.command;

import dev.kiln.file.Resource;
import java.io.IOException;
import java.io.StringReader;
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
    Properties properties = new Properties();
    try {
      properties.load(
          new StringReader(Resource.text(BuildVersion.class, "/dev/kiln/version.properties")));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory is always there", e);
    }
    return properties.getProperty("version", "unknown");
  }
}
