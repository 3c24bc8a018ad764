package dev.kiln.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was made: content alone, and nothing of where it came from. The image's id is the digest of
 * this document's bytes, so that machines boot the same id as long as they boot the same bytes.
 *
 * @param version of this format
 * @param architecture Kiln's name of it, such as {@code amd64}
 * @param kernelRelease as {@code uname -r} prints it
 * @param kernelArguments what the image itself asks of the kernel's command line; what one machine
 *     or one way of booting adds is never here
 * @param kernel the file {@code vmlinuz}
 * @param initrd the file {@code initrd}
 * @param bootManifest the small text file that {@code kiln.digest=} names
 * @param layers lowest first
 */
public record Manifest(
    int version,
    String architecture,
    String kernelRelease,
    List<String> kernelArguments,
    ImageFile kernel,
    ImageFile initrd,
    ImageFile bootManifest,
    List<Layer> layers) {
  /** The format this program writes and reads. */
  public static final int VERSION = 2;

  /** The manifest's name in an image directory. */
  public static final String FILE = "manifest.json";

  /** Bytes; a manifest has a few thousand. */
  public static final int MAX_SIZE = 1 << 20;

  private static final Pattern ARCHITECTURE = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");
  private static final Pattern RELEASE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+~_-]{0,99}");

  /** What stands between two blanks: it becomes a word of a boot script. */
  private static final Pattern ARGUMENT =
      Pattern.compile("[A-Za-z0-9_.][!-~&&[^\"'`$\\\\]]{0,499}");

  public Manifest {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "this manifest has format " + version + "; this program reads format " + VERSION);
    }
    kernelArguments = List.copyOf(kernelArguments);
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("an image has at least one layer");
    }
    if (!ARCHITECTURE.matcher(architecture).matches()) {
      throw new IllegalArgumentException("its architecture is not one word");
    }
    if (!isKernelRelease(kernelRelease)) {
      throw new IllegalArgumentException("'" + kernelRelease + "' is not a kernel's release");
    }
    for (String argument : kernelArguments) {
      if (!ARGUMENT.matcher(argument).matches()) {
        throw new IllegalArgumentException("'" + argument + "' is not one kernel argument");
      }
    }
    Set<String> names = new HashSet<>();
    for (ImageFile file : filesOf(kernel, initrd, bootManifest, layers)) {
      if (!names.add(file.name())) {
        throw new IllegalArgumentException("two files of the image are called " + file.name());
      }
    }
  }

  /** Whether a word is what {@code uname -r} may print; it is a plain file name, too. */
  public static boolean isKernelRelease(String word) {
    return RELEASE.matcher(word).matches();
  }

  /**
   * The part of the kernel's command line that belongs to the image and is the same wherever it
   * boots: a unified kernel image fixes it. Whoever boots a machine adds its own behind it.
   */
  public List<String> commandLine() {
    List<String> arguments = new ArrayList<>();
    arguments.add("kiln.digest=" + bootManifest.digest());
    arguments.addAll(kernelArguments);
    return List.copyOf(arguments);
  }

  /** The files the manifest speaks of, kernel first. */
  public List<ImageFile> files() {
    return filesOf(kernel, initrd, bootManifest, layers);
  }

  private static List<ImageFile> filesOf(
      ImageFile kernel, ImageFile initrd, ImageFile bootManifest, List<Layer> layers) {
    List<ImageFile> files = new ArrayList<>(List.of(kernel, initrd, bootManifest));
    layers.forEach(layer -> files.add(layer.file()));
    return List.copyOf(files);
  }
}
