package dev.kiln.lab.lifecycle;

import dev.kiln.failure.KilnException;
import dev.kiln.lab.machine.MachineSpec;
import dev.kiln.lab.machine.VirtualMachine;
import dev.kiln.lab.network.LabNetwork;
import dev.kiln.lab.network.Relay;
import dev.kiln.lab.network.RouterAdvertiser;
import dev.kiln.lab.server.BootServerProcess;
import dev.kiln.lab.ssh.HostKeys;
import dev.kiln.lab.ssh.KnownHosts;
import dev.kiln.lab.ssh.Login;
import dev.kiln.lab.ssh.MachineShell;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lab that is up. It ends with this process, in whatever way that ends. */
public final class RunningLab implements AutoCloseable {
  private static final int SSH = 22;

  private final LabPlan plan;
  private final LabDirectory directory;
  private final KnownHosts knownHosts;
  private final Map<String, VirtualMachine> machines = new LinkedHashMap<>();

  /** What was started, the latest first. */
  private final Deque<Part> parts = new ArrayDeque<>();

  private final Thread atExit = new Thread(this::closeParts, "end the lab");
  private @Nullable Login login;
  private @Nullable BootServerProcess bootServer;

  /** Something that was started and can be ended. */
  private interface Part extends AutoCloseable {
    @Override
    void close();
  }

  RunningLab(LabPlan plan, LabDirectory directory) {
    this.plan = plan;
    this.directory = directory;
    this.knownHosts = new KnownHosts(directory.knownHosts());
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static KilnException alreadyUp(LabDirectory directory) {
    return KilnException.input(
        "the lab in " + directory.path() + " is up already",
        "End it with 'lab down', or start another one with --name");
  }

  public LabDirectory directory() {
    return directory;
  }

  public List<VirtualMachine> machines() {
    return List.copyOf(machines.values());
  }

  /** Switches a machine on, once. */
  public synchronized VirtualMachine powerOn(String name) {
    MachineSpec spec = plan.machine(name);
    if (machines.containsKey(name)) {
      throw new IllegalArgumentException(name + " has power already");
    }
    VirtualMachine machine =
        VirtualMachine.powerOn(spec, directory.namespace(), directory.machine(name));
    parts.push(machine::close);
    machines.put(name, machine);
    knownHosts.follow(spec.address(), machine.console());
    publish();
    return machine;
  }

  public BootServerProcess bootServer() {
    return started(bootServer);
  }

  public Login login() {
    return started(login);
  }

  /**
   * Logs in to a machine, whose host key is taken from its console.
   *
   * @param limit for the machine to come so far
   */
  public MachineShell shell(VirtualMachine machine, Duration limit) {
    HostKeys keys = HostKeys.await(machine.console(), limit);
    Relay relay = Relay.open(directory.namespace(), machine.spec().address(), SSH);
    keep(relay);
    return MachineShell.connect(relay.port(), login(), keys, limit);
  }

  void keep(LabDirectory.Claim claim) {
    parts.push(claim::close);
  }

  void keep(LabNetwork network) {
    parts.push(network::close);
  }

  void keep(RouterAdvertiser advertiser) {
    parts.push(advertiser::close);
  }

  private synchronized void keep(Relay relay) {
    parts.push(relay::close);
  }

  void login(Login made) {
    login = made;
  }

  void bootServer(BootServerProcess process) {
    parts.push(process::close);
    bootServer = process;
  }

  /** Lets other programs see what is up. */
  void publish() {
    LabState.of(this).write(directory.state());
  }

  @Override
  public void close() {
    closeParts();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private synchronized void closeParts() {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the lab is not that far yet");
    }
    return part;
  }
}
