package dev.kiln.builder.tree;

import dev.kiln.builder.key.ProductKey;
import dev.kiln.file.Digest;
import dev.kiln.profile.ImagePath;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Seal;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a profile says of paths that packages' scripts make.
 *
 * @param goes the paths that are taken out
 * @param stays the paths that may be what they are, with all below them
 * @param programs what must be in the tree, because machines run it to make a path again
 */
public record SealRules(List<String> goes, List<String> stays, List<String> programs) {
  public SealRules {
    goes = List.copyOf(goes);
    stays = List.copyOf(stays);
    programs = List.copyOf(programs);
  }

  /** A profile's. */
  public static SealRules of(Profile profile) {
    Map<ImagePath, Seal> seals = profile.seals();
    return new SealRules(
        paths(seals, Seal::takesOut),
        paths(seals, seal -> !seal.takesOut()),
        seals.values().stream()
            .filter(Seal.Again.class::isInstance)
            .map(seal -> ((Seal.Again) seal).program())
            .filter(program -> !profile.brings(program))
            .distinct()
            .toList());
  }

  boolean isEmpty() {
    return goes.isEmpty() && stays.isEmpty() && programs.isEmpty();
  }

  /** Of all of it that decides about a tree. */
  public Digest digest() {
    ProductKey key = new ProductKey("seals");
    goes.forEach(path -> key.add("goes", path));
    stays.forEach(path -> key.add("stays", path));
    programs.forEach(path -> key.add("program", path));
    return key.digest();
  }

  private static List<String> paths(Map<ImagePath, Seal> seals, Predicate<Seal> which) {
    return seals.entrySet().stream()
        .filter(seal -> which.test(seal.getValue()))
        .map(seal -> seal.getKey().text())
        .sorted()
        .toList();
  }
}
