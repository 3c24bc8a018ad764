package dev.kiln.builder.distro.debian.resolve;

import java.util.Optional;

/**
 * One package that is not as it was locked.
 *
 * @param from the locked version; empty where it was not locked
 * @param to the version chosen now; empty where it is not chosen any more
 * @param because in words a person understands
 */
public record Move(String name, Optional<String> from, Optional<String> to, String because) {}
