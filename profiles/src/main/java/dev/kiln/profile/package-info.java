/**
 * What an image should be: profiles, their catalog, and every rule that a profile must keep.
 * Families of distributions are known by name only: what their profiles keep beside is handed in.
 */
@NullMarked
package dev.kiln.profile;

import org.jspecify.annotations.NullMarked;
