package dev.kiln.builder.kit;

/** A program of the kit that writes bytes of an image. Its package is for the family to name. */
public enum Tool {
  MKSQUASHFS,
  VERITYSETUP,
  BUSYBOX
}
