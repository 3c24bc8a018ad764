/**
 * The files by which a distribution becomes a node: kernel, clock, network, logins, runtime and
 * kubelet, as the {@code config} layer of an image holds them.
 */
@NullMarked
package dev.kiln.node.system;

import org.jspecify.annotations.NullMarked;
