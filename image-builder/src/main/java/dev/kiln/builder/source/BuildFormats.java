package dev.kiln.builder.source;

import dev.kiln.builder.packages.PackageFormat;

/**
 * What a build has to know of the family whose packages it is made of.
 *
 * @param packages of its toolchain
 * @param architecture of what comes out, by Kiln's name of it
 * @param host of this machine, likewise
 */
public record BuildFormats(
    PackageFormat packages, SourceFormat sources, String architecture, String host) {}
