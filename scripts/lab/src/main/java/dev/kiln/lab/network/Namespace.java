package dev.kiln.lab.network;

import dev.kiln.file.Digest;
import dev.kiln.lab.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A network namespace of the host (ip-netns(8)) that belongs to one lab. Every process of a lab but
 * its keeper lives in it, so it also says what a killed lab left running.
 *
 * @param name as {@code ip netns list} prints it
 */
public record Namespace(String name) {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Pattern NAME = Pattern.compile("kiln-[a-z0-9-]{1,40}");

  public Namespace {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not the name of a lab's namespace");
    }
  }

  /** The namespace of the lab that lies in a directory: no other directory has the same. */
  public static Namespace of(Path labDirectory) {
    Path path = labDirectory.toAbsolutePath().normalize();
    return new Namespace("kiln-" + Digest.of(path.toString()).hex().substring(0, 8));
  }

  public boolean exists() {
    return Files.exists(Path.of("/run/netns", name));
  }

  /** The same command, run inside. The process started is the command itself. */
  public Command inside(Command command) {
    return command.startedBy(Command.of("ip", "netns", "exec", name));
  }

  void create() {
    Command.of("ip", "netns", "add", name).succeed(LIMIT);
  }

  /** Runs the lines of a batch of ip(8), the first that fails ends it. */
  void configure(List<String> lines) {
    Command command = Command.of("ip", "-netns", name, "-batch", "-");
    command.run(LIMIT, String.join("\n", lines) + "\n").orFail(command);
  }

  /** Ends every process inside, then the namespace with its devices; nothing where it is gone. */
  public void remove() {
    if (!exists()) {
      return;
    }
    endProcesses();
    Command.of("ip", "netns", "delete", name).succeed(LIMIT);
  }

  private void endProcesses() {
    List<ProcessHandle> found = processes();
    found.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + GRACE.toNanos();
    for (ProcessHandle process : found) {
      long left = Math.max(0, deadline - System.nanoTime());
      process.onExit().completeOnTimeout(process, left, TimeUnit.NANOSECONDS).join();
    }
    for (ProcessHandle process : processes()) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /** The processes inside. */
  public Set<Long> pids() {
    String pids = Command.of("ip", "netns", "pids", name).succeed(LIMIT);
    return pids.lines().map(Long::parseLong).collect(Collectors.toUnmodifiableSet());
  }

  private List<ProcessHandle> processes() {
    return pids().stream().map(ProcessHandle::of).flatMap(Optional::stream).toList();
  }
}
