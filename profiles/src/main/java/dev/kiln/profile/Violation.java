package dev.kiln.profile;

import java.util.List;

/**
 * A rule that a profile breaks.
 *
 * @param path the keys that lead to the place, from the document's root; the place may be missing
 * @param what what is wrong
 * @param mend what to write instead
 */
record Violation(List<String> path, String what, String mend) {}
