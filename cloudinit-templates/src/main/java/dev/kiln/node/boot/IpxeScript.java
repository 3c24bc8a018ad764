package dev.kiln.node.boot;

import dev.kiln.node.template.IpxeOutputFormat;
import dev.kiln.node.template.Templates;
import freemarker.template.Template;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * The scripts that iPXE runs here. None of them ever ends: a machine that cannot boot yet, or whose
 * boot failed, asks again, because what firmware does after iPXE's {@code exit} differs from board
 * to board.
 */
public final class IpxeScript {
  private static final Template IDENTIFY = Templates.load("boot/identify.ipxe.ftl");
  private static final Template BOOT = Templates.load("boot/boot.ipxe.ftl");
  private static final Template WAIT = Templates.load("boot/wait.ipxe.ftl");

  private IpxeScript() {}

  /**
   * Makes iPXE ask again and say who it is: the address of the card it booted from, SMBIOS UUID and
   * serial number. Every other script comes back to this one in each of its rounds.
   *
   * @param server where this server answers, without a slash at its end
   * @param rounds after which it asks for its address again
   */
  public static String identify(URI server, int rounds) {
    return Templates.fill(IDENTIFY, new Identify(server.toString(), rounds));
  }

  /**
   * Loads a kernel and an initrd, and starts them.
   *
   * @param machine the machine's name, for the console
   * @param image base URL of the image's files, ending in a slash
   */
  public static String boot(
      URI server, String machine, URI image, KernelCommandLine commandLine, int retrySeconds) {
    return Templates.fill(
        BOOT,
        new Boot(
            server.toString(), machine, image.toString(), commandLine.arguments(), retrySeconds));
  }

  /**
   * Says on the console why this machine does not boot yet, waits, and asks again.
   *
   * @param reason one sentence; words that a script cannot hold are left out
   */
  public static String waiting(URI server, String reason, int retrySeconds) {
    List<String> words =
        Arrays.stream(reason.split("[^\\x21-\\x7e]+")).filter(IpxeOutputFormat::isWord).toList();
    return Templates.fill(WAIT, new Wait(server.toString(), words, retrySeconds));
  }

  /** What the template {@code identify} asks for. */
  public record Identify(String server, int rounds) {}

  /** What the template {@code boot} asks for. */
  public record Boot(
      String server, String machine, String image, List<String> arguments, int retrySeconds) {}

  /** What the template {@code wait} asks for. */
  public record Wait(String server, List<String> reason, int retrySeconds) {}
}
