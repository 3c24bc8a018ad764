package dev.kiln.builder.source;

import dev.kiln.builder.packages.PackageFormat;

/**
 * What a build has to know of the family whose packages it is made of.
 *
 * @param packages of its toolchain
 * @param architecture of the toolchain, by Kiln's name of it
 */
public record BuildFormats(PackageFormat packages, SourceFormat sources, String architecture) {}
