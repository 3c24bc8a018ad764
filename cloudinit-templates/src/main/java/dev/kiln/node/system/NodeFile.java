package dev.kiln.node.system;

import dev.kiln.profile.ImagePath;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One entry of a layer that Kiln writes. Its owner is root, its directories have mode 0755. */
public sealed interface NodeFile {
  ImagePath path();

  /** Why it may take the place of a file that a package has there; empty where it may not. */
  Optional<String> replaces();

  /** The same, in the place of whatever file a package has there. */
  NodeFile replacing(String why);

  /**
   * A regular file.
   *
   * @param mode its permissions, such as 0644
   * @param text its content, written as UTF-8
   */
  record Regular(ImagePath path, int mode, String text, Optional<String> replaces)
      implements NodeFile {
    public Regular {
      if (mode < 0 || mode > 0777) {
        throw new IllegalArgumentException(path + " has mode " + Integer.toOctalString(mode));
      }
    }

    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public NodeFile replacing(String why) {
      return new Regular(path, mode, text, Optional.of(why));
    }
  }

  /**
   * A symbolic link.
   *
   * @param target as the link holds it; it need not exist in this layer
   */
  record Link(ImagePath path, String target, Optional<String> replaces) implements NodeFile {
    public Link {
      if (target.isEmpty() || target.length() > 4095 || target.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(path + " is a link to nothing");
      }
    }

    @Override
    public NodeFile replacing(String why) {
      return new Link(path, target, Optional.of(why));
    }
  }

  /** A file that everybody may read, mode 0644. */
  static NodeFile file(String path, String text) {
    return new Regular(new ImagePath(path), 0644, text, Optional.empty());
  }

  static NodeFile link(String path, String target) {
    return new Link(new ImagePath(path), target, Optional.empty());
  }
}
