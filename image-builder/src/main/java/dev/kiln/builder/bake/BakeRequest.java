package dev.kiln.builder.bake;

import dev.kiln.builder.sign.SigningKey;
import dev.kiln.lock.Lock;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything a bake is a function of.
 *
 * @param zone one of the profile's
 * @param lock made for this very profile
 * @param output the image's directory; empty for {@code images/PROFILE-ID} in the working directory
 * @param signingKey signs the image's documents, where given
 */
public record BakeRequest(
    Profile profile,
    Zone zone,
    Lock lock,
    Optional<Path> output,
    Optional<SigningKey> signingKey) {}
