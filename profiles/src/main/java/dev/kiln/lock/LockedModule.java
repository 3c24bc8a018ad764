package dev.kiln.lock;

/**
 * A stream of a module that is switched on (RPM modularity): which versions of its packages count.
 *
 * @param name such as {@code container-tools}
 * @param stream such as {@code rhel8}
 * @param version of the module's build
 * @param context which tells builds of one version apart
 */
public record LockedModule(String name, String stream, long version, String context) {}
