package dev.kiln.bootserver.machine;

import java.time.Instant;

/**
 * A card that was seen on the boot network, approved or not.
 *
 * @param claims what it last said of its machine
 * @param firstSeen when this server first heard of it
 * @param lastSeen when this server last heard of it
 */
public record Discovered(Claims claims, Instant firstSeen, Instant lastSeen) {}
