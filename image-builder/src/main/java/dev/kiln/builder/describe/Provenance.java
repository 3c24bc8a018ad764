package dev.kiln.builder.describe;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kiln.command.BuildVersion;
import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file {@code provenance.json}: how an image was made, as an in-toto Statement v1 whose
 * predicate is SLSA's provenance v1. It names no time and no machine.
 *
 * @param type of the statement
 * @param subject the manifest, and nothing else
 */
public record Provenance(
    @JsonProperty("_type") String type,
    List<Artifact> subject,
    String predicateType,
    Predicate predicate) {
  /** The file's name in an image directory. */
  public static final String FILE = "provenance.json";

  /** Bytes; a provenance has a few thousand. */
  public static final int MAX_SIZE = 1 << 20;

  /**
   * How a bake is done and its parameters are read (RFC 4151 URIs, SLSA's buildType); its last part
   * is the number of this format.
   */
  public static final String BUILD_TYPE = "tag:kiln.dev,2026:bake/1";

  private static final String BUILDER = "tag:kiln.dev,2026:builder";
  private static final String STATEMENT = "https://in-toto.io/Statement/v1";
  private static final String PREDICATE = "https://slsa.dev/provenance/v1";

  /** The name of the program among the builder's versions, as in the bill of materials. */
  private static final String PROGRAM = "kiln-builder";

  /** Names and versions are shown on terminals. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~-]{0,99}");

  public Provenance {
    require("a statement", STATEMENT, type);
    require("a predicate", PREDICATE, predicateType);
    subject = only(Manifest.FILE, subject);
  }

  /** What was given to the bake, and what the bake did. */
  public record Predicate(BuildDefinition buildDefinition, RunDetails runDetails) {}

  /**
   * What the image is a function of.
   *
   * @param internalParameters the numbers of those parts of Kiln that shape the image's bytes
   * @param resolvedDependencies the lock, which names all else
   */
  public record BuildDefinition(
      String buildType,
      Parameters externalParameters,
      Map<String, Integer> internalParameters,
      List<Artifact> resolvedDependencies) {
    public BuildDefinition {
      require("a bake", BUILD_TYPE, buildType);
      resolvedDependencies = only(Lock.FILE, resolvedDependencies);
    }
  }

  /**
   * What a person chose.
   *
   * @param profile its name
   * @param profileDigest of the profile with everything it extends
   */
  public record Parameters(String profile, Digest profileDigest, String zone, String architecture) {
    public Parameters {
      List.of(profile, zone, architecture).forEach(Provenance::requireWord);
    }
  }

  /**
   * Who made the image.
   *
   * @param byproducts the initrd and the layers with the keys of what they were made from, and the
   *     bill of materials
   */
  public record RunDetails(Builder builder, List<Byproduct> byproducts) {
    public RunDetails {
      byproducts = List.copyOf(byproducts);
    }
  }

  /** The program, and its version. */
  public record Builder(String id, Map<String, String> version) {
    public Builder {
      require("a builder", BUILDER, id);
      version.values().forEach(Provenance::requireWord);
    }
  }

  /** A file of the image directory. */
  public record Artifact(String name, Sha256 digest) {
    static Artifact of(String name, Digest digest) {
      return new Artifact(name, Sha256.of(digest));
    }
  }

  /**
   * A file of the image directory that the bake made on its way.
   *
   * @param annotations {@code kiln_key}, the digest of what it was made from, where it has one
   */
  public record Byproduct(String name, Sha256 digest, Map<String, String> annotations) {
    private static final String KEY = "kiln_key";

    static Byproduct of(ImageFile file, Digest key) {
      return new Byproduct(file.name(), Sha256.of(file.digest()), Map.of(KEY, key.toString()));
    }
  }

  /** A set of digests (in-toto's DigestSet) that has this one alone. */
  public record Sha256(@JsonProperty("sha256") String hex) {
    public Sha256 {
      new Digest(hex);
    }

    static Sha256 of(Digest digest) {
      return new Sha256(digest.hex());
    }

    Digest digest() {
      return new Digest(hex);
    }
  }

  static Provenance of(Digest id, Manifest manifest, Origin origin, Digest lock, Digest sbom) {
    List<Byproduct> byproducts = new ArrayList<>();
    byproducts.add(Byproduct.of(manifest.initrd(), origin.initrdKey()));
    for (Layer layer : manifest.layers()) {
      byproducts.add(Byproduct.of(layer.file(), origin.keyOf(layer.name())));
    }
    byproducts.add(new Byproduct(ImageDocument.SBOM.file(), Sha256.of(sbom), Map.of()));
    Lock from = origin.lock();
    return new Provenance(
        STATEMENT,
        List.of(Artifact.of(Manifest.FILE, id)),
        PREDICATE,
        new Predicate(
            new BuildDefinition(
                BUILD_TYPE,
                new Parameters(
                    from.profile(),
                    from.profileDigest(),
                    origin.zone().text(),
                    from.architecture()),
                origin.formats(),
                List.of(Artifact.of(Lock.FILE, lock))),
            new RunDetails(
                new Builder(BUILDER, Map.of(PROGRAM, BuildVersion.current())), byproducts)));
  }

  /** Reads that of an image; believes nothing of it yet. */
  public static Provenance read(ImageDirectory image) {
    byte[] content = ImageDocument.PROVENANCE.read(image.path());
    return Json.read(image.path().resolve(FILE).toString(), content, Provenance.class);
  }

  /** The id of the image it speaks of. */
  public Digest image() {
    return subject.get(0).digest().digest();
  }

  /** What the bake was asked for. */
  public Parameters parameters() {
    return predicate.buildDefinition().externalParameters();
  }

  /** Digest of the lock the image was made from. */
  public Digest lock() {
    return predicate.buildDefinition().resolvedDependencies().get(0).digest().digest();
  }

  /** The version of the program that made the image; empty where it named none. */
  public String builderVersion() {
    return predicate.runDetails().builder().version().getOrDefault(PROGRAM, "");
  }

  /** Digest of a file that the bake made on its way. */
  public Optional<Digest> digestOf(String file) {
    return byproduct(file).map(made -> made.digest().digest());
  }

  /** Digest of what a file was made from. */
  public Optional<Digest> keyOf(String file) {
    return byproduct(file).map(made -> made.annotations().get(Byproduct.KEY)).map(Digest::parse);
  }

  private Optional<Byproduct> byproduct(String file) {
    return predicate.runDetails().byproducts().stream()
        .filter(made -> made.name().equals(file))
        .findFirst();
  }

  private static void require(String what, String expected, String found) {
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "it is not " + what + " of the type " + expected + ", but of '" + found + "'");
    }
  }

  private static void requireWord(String text) {
    if (!WORD.matcher(text).matches()) {
      throw new IllegalArgumentException("it holds a name or a version that is not one word");
    }
  }

  private static List<Artifact> only(String name, List<Artifact> found) {
    if (found.size() != 1 || !found.get(0).name().equals(name)) {
      throw new IllegalArgumentException("it does not name " + name + ", and that alone");
    }
    return List.copyOf(found);
  }
}
