package dev.kiln.builder.sandbox;

import dev.kiln.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What sets a command apart from the machine: what stands before it on its command line, with which
 * capabilities and in which namespaces. For Kiln as another user than root a record is missing here
 * whose namespaces begin with one of users; outside this package nothing would change.
 */
sealed interface Isolation {
  /** The one that this user can have. */
  static Isolation ofThisUser() {
    return new AsRoot();
  }

  /** What starts a process that keeps a mount namespace for others, up to its program. */
  List<String> keeping();

  /**
   * What starts a command in namespaces of its own, up to the program that {@code enter.sh} is for.
   *
   * @param keeper whose mount namespace it enters before
   */
  List<String> isolating(Optional<Keeper> keeper);

  /** What is told where a command cannot be started. */
  String need();

  /**
   * What this machine lacks for it.
   *
   * @param user the number of the user that Kiln runs as
   * @param has whether there is a program of this name
   */
  List<Problem> lacks(int user, Predicate<String> has);

  /** For root: the kernel's own namespaces, and few of root's capabilities. */
  record AsRoot() implements Isolation {
    /** What it needs of the host, all of it of util-linux. */
    private static final List<String> PROGRAMS = List.of("setpriv", "setsid", "unshare", "nsenter");

    /** The kernel ends what it starts when Kiln's thread dies, and that takes its own along. */
    private static final List<String> MORTAL = List.of("setpriv", "--pdeathsig", "KILL");

    /**
     * capabilities(7): what installing packages takes, and nothing that touches the machine. To
     * mount is inherited, which outlives the end of the bounding set until enter.sh gives it up.
     */
    private static final List<String> PRIVILEGES =
        List.of(
            "setpriv",
            "--bounding-set",
            "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setfcap");

    /** A session of its own, too: the command cannot write into Kiln's terminal. */
    private static final List<String> NAMESPACES =
        List.of(
            "setsid",
            "unshare",
            "--mount",
            "--pid",
            "--net",
            "--uts",
            "--ipc",
            "--fork",
            "--kill-child");

    @Override
    public List<String> keeping() {
      List<String> line = new ArrayList<>(MORTAL);
      line.addAll(List.of("unshare", "--mount", "--propagation", "private"));
      return line;
    }

    @Override
    public List<String> isolating(Optional<Keeper> keeper) {
      List<String> line = new ArrayList<>(MORTAL);
      line.addAll(List.of("--inh-caps", "+sys_admin"));
      keeper.ifPresent(
          kept -> line.addAll(List.of("nsenter", "--mount=/proc/" + kept.pid() + "/ns/mnt")));
      line.addAll(PRIVILEGES);
      line.addAll(NAMESPACES);
      return line;
    }

    @Override
    public List<Problem> lacks(int user, Predicate<String> has) {
      List<Problem> problems = new ArrayList<>();
      if (user != 0) {
        problems.add(
            Problem.of(
                "a bake makes namespaces, mounts and files of many owners, which the user "
                    + user
                    + " may not",
                "Run it as root"));
      }
      for (String program : PROGRAMS) {
        if (!has.test(program)) {
          problems.add(
              Problem.of("there is no program " + program + " here", "Install util-linux"));
        }
      }
      return problems;
    }

    @Override
    public String need() {
      return "Install util-linux (for " + String.join(", ", PROGRAMS) + ") and run as root";
    }
  }
}
