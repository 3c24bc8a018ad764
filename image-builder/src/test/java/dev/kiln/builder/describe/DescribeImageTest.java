package dev.kiln.builder.describe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.command.BuildVersion;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import dev.kiln.profile.ZoneName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DescribeImageTest {
  private static final Layer OS =
      new Layer("os", file("os.squashfs"), new Layer.Verity(Digest.of("root"), 4096));

  private static final Manifest MANIFEST =
      new Manifest(
          Manifest.VERSION,
          "amd64",
          "6.1.0-50-amd64",
          List.of("console=ttyS0"),
          file("vmlinuz"),
          file("initrd"),
          file(BootManifest.FILE),
          List.of(OS));

  private static final Origin ORIGIN = origin("debian12", Map.of("verity", 1, "squashfs", 2));

  @Test
  void writesProvenanceAsInTotoAndSlsaHaveIt() {
    Description description = DescribeImage.describe(MANIFEST, ORIGIN, KnownFamilies.ALL);

    assertThat(text(description, ImageDocument.PROVENANCE))
        .isEqualTo(
            """
            {
              "_type" : "https://in-toto.io/Statement/v1",
              "subject" : [
                {
                  "name" : "manifest.json",
                  "digest" : {
                    "sha256" : "%s"
                  }
                }
              ],
              "predicateType" : "https://slsa.dev/provenance/v1",
              "predicate" : {
                "buildDefinition" : {
                  "buildType" : "tag:kiln.dev,2026:bake/1",
                  "externalParameters" : {
                    "profile" : "debian12",
                    "profileDigest" : "%s",
                    "zone" : "cn",
                    "architecture" : "amd64"
                  },
                  "internalParameters" : {
                    "squashfs" : 2,
                    "verity" : 1
                  },
                  "resolvedDependencies" : [
                    {
                      "name" : "lock.json",
                      "digest" : {
                        "sha256" : "%s"
                      }
                    }
                  ]
                },
                "runDetails" : {
                  "builder" : {
                    "id" : "tag:kiln.dev,2026:builder",
                    "version" : {
                      "kiln-builder" : "%s"
                    }
                  },
                  "byproducts" : [
                    {
                      "name" : "initrd",
                      "digest" : {
                        "sha256" : "%s"
                      },
                      "annotations" : {
                        "kiln_key" : "%s"
                      }
                    },
                    {
                      "name" : "os.squashfs",
                      "digest" : {
                        "sha256" : "%s"
                      },
                      "annotations" : {
                        "kiln_key" : "%s"
                      }
                    },
                    {
                      "name" : "sbom.cdx.json",
                      "digest" : {
                        "sha256" : "%s"
                      },
                      "annotations" : { }
                    }
                  ]
                }
              }
            }
            """
                .formatted(
                    description.id().hex(),
                    Digest.of("a profile"),
                    digest(description, ImageDocument.LOCK),
                    BuildVersion.current(),
                    Digest.of("initrd").hex(),
                    Digest.of("key of the initrd"),
                    Digest.of("os.squashfs").hex(),
                    Digest.of("key of os"),
                    digest(description, ImageDocument.SBOM)));
  }

  @Test
  void keepsTheIdOfContentThatDidNotChangeWhateverItWasMadeFrom() {
    Description one = DescribeImage.describe(MANIFEST, ORIGIN, KnownFamilies.ALL);
    Description other =
        DescribeImage.describe(
            MANIFEST, origin("debian12-source", Map.of("verity", 9)), KnownFamilies.ALL);

    assertThat(other.id()).isEqualTo(one.id());
    assertThat(text(other, ImageDocument.MANIFEST)).isEqualTo(text(one, ImageDocument.MANIFEST));
    for (ImageDocument document :
        List.of(ImageDocument.PROVENANCE, ImageDocument.LOCK, ImageDocument.SBOM)) {
      assertThat(text(other, document)).isNotEqualTo(text(one, document));
    }
  }

  @Test
  void namesNothingInTheManifestButContent() {
    assertThat(
            text(
                DescribeImage.describe(MANIFEST, ORIGIN, KnownFamilies.ALL),
                ImageDocument.MANIFEST))
        .doesNotContain("debian12", "lock", "key", "zone");
  }

  @Test
  void isTheSameBytesForTheSameBake() {
    Description one = DescribeImage.describe(MANIFEST, ORIGIN, KnownFamilies.ALL);
    Description again = DescribeImage.describe(MANIFEST, ORIGIN, KnownFamilies.ALL);

    for (ImageDocument document : ImageDocument.values()) {
      assertThat(text(again, document)).isEqualTo(text(one, document));
    }
  }

  @Test
  void refusesALayerOfWhichNobodySaidWhatItWasMadeFrom() {
    Origin origin =
        new Origin(ORIGIN.lock(), ORIGIN.zone(), Map.of(), ORIGIN.initrdKey(), Map.of(), Map.of());

    assertThatThrownBy(() -> DescribeImage.describe(MANIFEST, origin, KnownFamilies.ALL))
        .hasMessage("nobody said what the layer os was made from");
  }

  private static Origin origin(String profile, Map<String, Integer> formats) {
    Lock lock = SampleLock.of(profile, Digest.of("a profile"), List.of(), List.of(), List.of());
    return new Origin(
        lock,
        new ZoneName("cn"),
        formats,
        Digest.of("key of the initrd"),
        Map.of("os", Digest.of("key of os")),
        Map.of());
  }

  private static ImageFile file(String name) {
    return new ImageFile(name, 8192, Digest.of(name));
  }

  private static String digest(Description description, ImageDocument document) {
    return Digest.of(description.content(document)).hex();
  }

  private static String text(Description description, ImageDocument document) {
    return new String(description.content(document), UTF_8);
  }
}
