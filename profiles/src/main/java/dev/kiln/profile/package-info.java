/** What an image should be: profiles, their catalog, and every rule that a profile must keep. */
@NullMarked
package dev.kiln.profile;

import org.jspecify.annotations.NullMarked;
