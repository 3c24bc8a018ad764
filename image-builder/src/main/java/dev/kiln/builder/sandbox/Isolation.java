package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What sets a command apart from the machine: what stands before it on its command line, with which
 * capabilities and in which namespaces. All that depends on who runs Kiln stands here.
 */
sealed interface Isolation {
  /** The one that a user can have. */
  static Isolation of(int user) {
    return user == 0 ? new AsRoot() : new NoneYet(user);
  }

  /** What starts a process that keeps a mount namespace for others, up to its program. */
  List<String> keeping();

  /**
   * What starts a command in namespaces of its own, up to the program that {@code enter.sh} is for.
   *
   * @param keeper whose mount namespace it enters before
   */
  List<String> isolating(Optional<Keeper> keeper);

  /** What gives up, when all is mounted, what only mounting took; the command follows. */
  List<String> entering();

  /** How the file system of terminals is mounted: an option of devpts. */
  String terminals();

  /** What is told where a command cannot be started. */
  String need();

  /**
   * What this user or this machine lacks for it.
   *
   * @param has whether there is a program of this name
   * @return all of it, of kind IO where the user may not, of kind DEPENDENCY where only programs
   *     are missing
   */
  Optional<KilnException> lacking(Predicate<String> has);

  /** For root: the kernel's own namespaces, and few of root's capabilities. */
  record AsRoot() implements Isolation {
    /** What it needs of the host, all of it of util-linux. */
    private static final List<String> PROGRAMS = List.of("setpriv", "setsid", "unshare", "nsenter");

    /** The kernel ends what it starts when Kiln's thread dies, and that takes its own along. */
    private static final List<String> MORTAL = List.of("setpriv", "--pdeathsig", "KILL");

    /**
     * capabilities(7): what installing packages takes, and nothing that touches the machine. To
     * mount, and to raise lo, are inherited, which outlives the end of the bounding set until
     * enter.sh gives them up.
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
      line.addAll(List.of("--inh-caps", "+sys_admin,+net_admin"));
      keeper.ifPresent(
          kept -> line.addAll(List.of("nsenter", "--mount=/proc/" + kept.pid() + "/ns/mnt")));
      line.addAll(PRIVILEGES);
      line.addAll(NAMESPACES);
      return line;
    }

    @Override
    public List<String> entering() {
      return List.of("setpriv", "--inh-caps", "-sys_admin,-net_admin");
    }

    /** 5 is Debian's group tty, and that of most others. */
    @Override
    public String terminals() {
      return "gid=5";
    }

    @Override
    public Optional<KilnException> lacking(Predicate<String> has) {
      List<Problem> missing = missing(has);
      return missing.isEmpty()
          ? Optional.empty()
          : Optional.of(new KilnException(KilnException.Kind.DEPENDENCY, missing, null));
    }

    static List<Problem> missing(Predicate<String> has) {
      return PROGRAMS.stream()
          .filter(program -> !has.test(program))
          .map(
              program ->
                  Problem.of("there is no program " + program + " here", "Install util-linux"))
          .toList();
    }

    @Override
    public String need() {
      return "Install util-linux (for " + String.join(", ", PROGRAMS) + ") and run as root";
    }
  }

  /**
   * For another user: none. One whose namespaces begin with one of users will stand in its place;
   * outside this package nothing will change.
   */
  record NoneYet(int user) implements Isolation {
    @Override
    public List<String> keeping() {
      throw refusal();
    }

    @Override
    public List<String> isolating(Optional<Keeper> keeper) {
      throw refusal();
    }

    @Override
    public List<String> entering() {
      throw refusal();
    }

    @Override
    public String terminals() {
      throw refusal();
    }

    @Override
    public Optional<KilnException> lacking(Predicate<String> has) {
      List<Problem> problems = new ArrayList<>(refusal().problems());
      problems.addAll(AsRoot.missing(has));
      return Optional.of(new KilnException(KilnException.Kind.IO, problems, null));
    }

    @Override
    public String need() {
      return "Run it as root";
    }

    private KilnException refusal() {
      return new KilnException(
          KilnException.Kind.IO,
          "a bake makes namespaces, mounts and files of many owners, which the user "
              + user
              + " may not",
          need());
    }
  }
}
