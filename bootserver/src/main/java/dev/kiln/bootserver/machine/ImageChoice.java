package dev.kiln.bootserver.machine;

import dev.kiln.profile.Architecture;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which image a group's machines boot: one, or one for each architecture. */
public sealed interface ImageChoice {
  /** The same for all; machines of another architecture than the image's wait. */
  record One(ImageName image) implements ImageChoice {
    @Override
    public Optional<ImageName> of(Optional<String> architecture) {
      return Optional.of(image);
    }

    @Override
    public Collection<ImageName> all() {
      return List.of(image);
    }

    @Override
    public String toString() {
      return image.toString();
    }
  }

  /** One for each, at least one. */
  record ByArchitecture(Map<Architecture, ImageName> images) implements ImageChoice {
    public ByArchitecture {
      images = Collections.unmodifiableMap(new TreeMap<>(images));
      if (images.isEmpty()) {
        throw new IllegalArgumentException("an image of at least one architecture is named");
      }
    }

    @Override
    public Optional<ImageName> of(Optional<String> architecture) {
      return images.entrySet().stream()
          .filter(each -> architecture.filter(each.getKey().toString()::equals).isPresent())
          .map(Map.Entry::getValue)
          .findFirst();
    }

    @Override
    public Collection<ImageName> all() {
      return images.values();
    }

    @Override
    public String toString() {
      return images.entrySet().stream()
          .map(each -> each.getValue() + " on " + each.getKey())
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * The image for a machine.
   *
   * @param architecture its own, by the name that manifests use; empty where it is not known
   */
  Optional<ImageName> of(Optional<String> architecture);

  /** Every image that it names. */
  Collection<ImageName> all();
}
