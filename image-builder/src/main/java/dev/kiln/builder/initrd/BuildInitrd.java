package dev.kiln.builder.initrd;

import dev.kiln.builder.kernel.Codec;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.sandbox.Exit;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.file.Resource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the initrd: the script {@code init}, the kit's busybox and veritysetup, and the drivers.
 */
public final class BuildInitrd {
  /** Bytes; the largest of them, a C library, has two millions. */
  private static final int MOST_PROGRAM = 64 << 20;

  private static final String VERITYSETUP = "/sbin/veritysetup";

  /** One line of what the dynamic linker prints with --list: {@code libc.so.6 => /lib/… (0x…)}. */
  private static final Pattern LIBRARY = Pattern.compile("(?m)(?:=> |^\\s+)(/\\S+) \\(0x");

  private final Kit kit;
  private final CpioArchive archive = new CpioArchive();

  public BuildInitrd(Kit kit) {
    this.kit = kit;
  }

  /** Digest of the scripts: a part of the key of every initrd. */
  public static Digest scripts() {
    return Digest.of(
        Digest.of(Resource.bytes(BuildInitrd.class, "init"))
            + " "
            + Digest.of(Resource.bytes(BuildInitrd.class, "dhcp-event")));
  }

  /** Writes the initrd for a kernel to {@code file}. */
  public void build(KernelFiles kernel, Path file) {
    try {
      addScripts();
      addTools();
      addKernelFiles(kernel);
      write(file, kernel.codecs().initrd());
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    }
  }

  private void addScripts() {
    archive.addFile("init", Resource.bytes(BuildInitrd.class, "init"), 0755);
    archive.addFile("bin/dhcp-event", Resource.bytes(BuildInitrd.class, "dhcp-event"), 0755);
    for (String directory : List.of("proc", "sys", "dev", "run", "tmp", "etc", "sysroot")) {
      archive.addDirectory(directory);
    }
  }

  private void addTools() {
    archive.addFile("bin/busybox", program(Kit.BUSYBOX), 0755);
    archive.addLink("bin/sh", "busybox");
    // The kernel's own place for it: it asks for the modules of file systems and of its crypto.
    archive.addLink("sbin/modprobe", "../bin/busybox");
    SortedSet<String> programs = new TreeSet<>(librariesOf(VERITYSETUP));
    programs.add(VERITYSETUP);
    programs.add(dynamicLinker());
    for (String program : programs) {
      addProgram(program);
    }
  }

  private Set<String> librariesOf(String program) {
    Exit listed = kit.sandbox().run(kit.command(dynamicLinker(), "--list", program));
    listed.orFail("list the libraries of " + program);
    if (listed.output().contains("not found")) {
      throw KilnException.input(
          "the kit lacks libraries of " + program + ":\n" + listed.output().stripTrailing(),
          "Add their packages to the profile's kit");
    }
    return LIBRARY
        .matcher(listed.output())
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  /** Adds a file of the kit under the path by which it is asked for, links followed. */
  private void addProgram(String path) {
    archive.addFile(path.substring(1), program(path), 0755);
  }

  private byte[] program(String path) {
    return kit.root().read(path, MOST_PROGRAM);
  }

  private String dynamicLinker() {
    for (String linker : List.of("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")) {
      if (kit.root().exists(linker)) {
        return linker;
      }
    }
    throw KilnException.input("the kit has no dynamic linker", "Add libc6 to the profile's kit");
  }

  private void addKernelFiles(KernelFiles kernel) throws IOException {
    Path library = kernel.library();
    try (Stream<Path> files = Files.walk(library)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        archive.addFile("lib/" + library.relativize(file), file, 0644);
      }
    }
  }

  private void write(Path file, Codec codec) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      archive.writeTo(out, codec);
    }
  }
}
