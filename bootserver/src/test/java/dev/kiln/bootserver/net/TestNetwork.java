package dev.kiln.bootserver.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of its own for a test, made by root: a bridge that the server under test is on, and
 * clients, each in a network namespace, each with one interface.
 */
public final class TestNetwork implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;
  private final String prefix;
  private final List<Client> clients = new ArrayList<>();
  private final List<String> taps = new ArrayList<>();

  /** One machine of the network: its namespace and interface have the same name. */
  public record Client(String name, String mac) {
    /** The command that runs a program as this machine. */
    public String[] command(String... program) {
      List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
      command.addAll(List.of(program));
      return command.toArray(String[]::new);
    }

    public TestProcess start(String... program) throws IOException {
      return TestProcess.start(command(program));
    }

    public String run(String... program) throws IOException, InterruptedException {
      return TestProcess.run(command(program));
    }
  }

  /** Makes the network; test runs that go on at the same time get others. */
  public TestNetwork(int size) throws IOException, InterruptedException {
    long number = ProcessHandle.current().pid() * 16 + COUNT.getAndIncrement();
    name = "kt" + Long.toString(number, 36);
    prefix = "10." + (200 + number / 250 % 50) + "." + number % 250 + ".";
    makeBridge();
    for (int i = 0; i < size; i++) {
      clients.add(addClient(name + "c" + i, "52:54:00:77:00:1" + i));
    }
  }

  private Client addClient(String client, String mac) throws IOException, InterruptedException {
    String port = client + "p";
    ip("netns", "add", client);
    ip("link", "add", port, "type", "veth", "peer", "name", client, "netns", client);
    ip("-n", client, "link", "set", client, "address", mac, "up");
    ip("link", "set", port, "master", name, "up");
    return new Client(client, mac);
  }

  /** Gives the server one more address. */
  public void addAddress(int last) throws IOException, InterruptedException {
    ip("address", "add", address(last) + "/24", "dev", name);
  }

  /** Takes an address of the server away. */
  public void removeAddress(int last) throws IOException, InterruptedException {
    ip("address", "delete", address(last) + "/24", "dev", name);
  }

  /** Deletes the server's interface: what is bound to it hears nothing any more. */
  public void deleteBridge() throws IOException, InterruptedException {
    ip("link", "delete", name);
  }

  /** Makes the server's interface, under the same name, with the clients on it. */
  public void makeBridge() throws IOException, InterruptedException {
    ip("link", "add", name, "type", "bridge", "forward_delay", "0");
    ip("address", "add", prefix + "1/24", "dev", name);
    ip("link", "set", name, "up");
    for (Client client : clients) {
      ip("link", "set", client.name() + "p", "master", name, "up");
    }
  }

  /** Adds a tap to the bridge, for a virtual machine, and returns its name. */
  public String addTap() throws IOException, InterruptedException {
    String tap = name + "t";
    ip("tuntap", "add", "dev", tap, "mode", "tap");
    ip("link", "set", tap, "master", name, "up");
    taps.add(tap);
    return tap;
  }

  /** The bridge's name. */
  public String bridge() {
    return name;
  }

  /** An address of the network by its last octet; the server's is 1. */
  public Ipv4Address address(int last) {
    return Ipv4Address.parse(prefix + last);
  }

  public Ipv4Network network() {
    return Ipv4Network.parse(prefix + "0/24");
  }

  public Client client(int index) {
    return clients.get(index);
  }

  private static void ip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    TestProcess.run(command.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Client client : clients) {
      ip("netns", "delete", client.name());
    }
    for (String tap : taps) {
      ip("link", "delete", tap);
    }
    ip("link", "delete", name);
  }
}
