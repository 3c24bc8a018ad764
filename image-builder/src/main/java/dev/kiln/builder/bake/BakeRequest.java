package dev.kiln.builder.bake;

import dev.kiln.builder.output.OutputKind;
import dev.kiln.builder.sandbox.WorkspacePlace;
import dev.kiln.builder.sign.SigningKey;
import dev.kiln.file.InputFiles;
import dev.kiln.profile.Architecture;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything a bake is a function of, but the repositories.
 *
 * @param profileName how the user named the profile
 * @param zone one of the profile's
 * @param lock which lock is taken
 * @param host the architecture of this machine, whose kit is used
 * @param workspace where the tree of the {@code os} layer may be made
 * @param outputs the forms in which it is given out, at least one
 * @param output the image's directory; empty for {@code images/PROFILE-ID} in the working directory
 * @param signingKey signs the image's documents, where given
 * @param inputs is told of the lock that was taken
 */
public record BakeRequest(
    Profile profile,
    String profileName,
    Zone zone,
    LockPolicy lock,
    Architecture host,
    WorkspacePlace workspace,
    Set<OutputKind> outputs,
    Optional<Path> output,
    Optional<SigningKey> signingKey,
    InputFiles inputs) {
  public BakeRequest {
    outputs = Collections.unmodifiableSortedSet(new TreeSet<>(outputs));
  }
}
