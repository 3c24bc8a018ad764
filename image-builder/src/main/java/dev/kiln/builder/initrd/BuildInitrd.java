package dev.kiln.builder.initrd;

import dev.kiln.builder.kernel.Codec;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.file.Resource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the initrd: the script {@code init}, busybox and veritysetup of the boot tools, and the
 * drivers.
 */
public final class BuildInitrd {
  /** Bytes; the largest of them, a C library, has two millions. */
  private static final int MOST_PROGRAM = 64 << 20;

  private static final String VERITYSETUP = "/sbin/veritysetup";

  private final ImageTree tools;
  private final CpioArchive archive = new CpioArchive();

  /**
   * Prepares one.
   *
   * @param tools a tree with the programs, for the machine that boots: none of them is run
   */
  public BuildInitrd(ImageTree tools) {
    this.tools = tools;
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
    addProgram(VERITYSETUP);
    SharedLibraries.of(tools, VERITYSETUP, MOST_PROGRAM).forEach(this::addProgram);
  }

  /** Adds a file of the kit under the path by which it is asked for, links followed. */
  private void addProgram(String path) {
    archive.addFile(path.substring(1), program(path), 0755);
  }

  private byte[] program(String path) {
    return tools.read(path, MOST_PROGRAM);
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
