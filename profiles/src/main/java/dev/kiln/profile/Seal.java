package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What becomes of a file that the packages' scripts made, and that would be the same on every
 * machine: a private key, an identity.
 */
public sealed interface Seal {
  /** Whether the path is taken out of the image. */
  boolean takesOut();

  /**
   * It is taken out; a machine that lacks it when it boots makes its own.
   *
   * @param command the program's absolute path, then its arguments: letters, digits and {@code
   *     _./:=,@+-}, which a unit of systemd takes as they are
   */
  record Again(List<String> command) implements Seal {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_./:=,@+-]{1,500}");

    public Again {
      command = List.copyOf(command);
      if (command.isEmpty() || command.size() > 50 || !command.get(0).startsWith("/")) {
        throw new IllegalArgumentException(
            "a command is a program and its arguments: write [/usr/bin/program, argument]");
      }
      for (String word : command) {
        if (!WORD.matcher(word).matches()) {
          throw new IllegalArgumentException(
              "'"
                  + Shown.of(word)
                  + "' cannot stand in a command here: write letters, digits and _./:=,@+-, or put"
                  + " the command into a script");
        }
      }
    }

    public String program() {
      return command.get(0);
    }

    @Override
    public boolean takesOut() {
      return true;
    }
  }

  /**
   * It is taken out; something else brings it, or nothing needs it.
   *
   * @param who one line
   */
  record By(String who) implements Seal {
    public By {
      Words.sentence(who);
    }

    @Override
    public boolean takesOut() {
      return true;
    }
  }

  /**
   * It stays.
   *
   * @param why one line: why it may be the same on every machine, and known to all
   */
  record Keep(String why) implements Seal {
    public Keep {
      Words.sentence(why);
    }

    @Override
    public boolean takesOut() {
      return false;
    }
  }
}
