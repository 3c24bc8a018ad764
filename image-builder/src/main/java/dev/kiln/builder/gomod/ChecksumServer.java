package dev.kiln.builder.gomod;

import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.fetch.SmallAnswer;
import dev.kiln.failure.KilnException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a checksum database is asked (https://go.dev/ref/mod#checksum-database): at the first proxy
 * that passes on what it says, else at its own host. No tile is asked for twice. Nothing that comes
 * is believed here.
 */
final class ChecksumServer implements InclusionProof.Tiles {
  /** Bytes of a record; they have about 500. */
  private static final int MOST_RECORD = 64 << 10;

  private static final int TILE_BYTES = InclusionProof.TILE_WIDTH * InclusionProof.HASH_BYTES;
  private static final Pattern BEFORE_LAST_THOUSAND = Pattern.compile("(\\d{3})(?=\\d)");

  private final Fetcher fetcher;
  private final ModuleProxies proxies;
  private final String name;
  private final Map<String, byte[]> tiles = new HashMap<>();
  private ModuleProxies.@Nullable Proxy root;

  /**
   * Prepares.
   *
   * @param name of the database
   */
  ChecksumServer(Fetcher fetcher, ModuleProxies proxies, String name) {
    this.fetcher = fetcher;
    this.proxies = proxies;
    this.name = name;
  }

  /**
   * What it says of a version of a module.
   *
   * @throws KilnException of kind DEPENDENCY where it does not answer
   */
  SmallAnswer lookup(ModuleSums sums) {
    return ask("what " + name + " has of " + sums.name(), sums.any().lookup(), MOST_RECORD);
  }

  /**
   * A tile.
   *
   * @throws KilnException of kind DEPENDENCY where it does not answer, INPUT where it is none
   */
  @Override
  public byte[] read(int level, long index, int width) {
    String whole = "tile/8/" + level + "/" + inThousands(index);
    String path = width == InclusionProof.TILE_WIDTH ? whole : whole + ".p/" + width;
    byte[] tile = tiles.computeIfAbsent(path, any -> fetch(path, whole));
    if (tile.length < width * InclusionProof.HASH_BYTES) {
      throw KilnException.input(
          "the " + path + " of " + name + " has only " + tile.length + " bytes",
          ChecksumDatabase.MEND_LIE);
    }
    return tile;
  }

  /** A tile that has become whole may be there no more as it was before. */
  private byte[] fetch(String path, String whole) {
    String label = "the " + path + " of " + name;
    SmallAnswer answer = ask(label, path, TILE_BYTES);
    if (answer instanceof SmallAnswer.Missing && !path.equals(whole)) {
      answer = ask(label, whole, TILE_BYTES);
    }
    if (answer instanceof SmallAnswer.Missing missing) {
      throw missing.failure();
    }
    return ((SmallAnswer.Given) answer).content();
  }

  /** Three digits a directory, and an 'x' before each but the last: x001/x234/567. */
  private static String inThousands(long index) {
    String digits = Long.toString(index);
    String padded = "0".repeat((3 - digits.length() % 3) % 3) + digits;
    return BEFORE_LAST_THOUSAND.matcher(padded).replaceAll("x$1/");
  }

  private SmallAnswer ask(String label, String path, int most) {
    if (root == null) {
      root = root();
    }
    return fetcher.askSmall(label, root.address(path), most, true);
  }

  private ModuleProxies.Proxy root() {
    return proxies
        .sums()
        .address()
        .map(address -> new ModuleProxies.Proxy(address, false))
        .or(
            () ->
                proxies.all().stream()
                    .map(proxy -> proxy.below("sumdb/" + name))
                    .filter(this::isSupported)
                    .findFirst())
        .orElseGet(() -> new ModuleProxies.Proxy(URI.create("https://" + name), false));
  }

  private boolean isSupported(ModuleProxies.Proxy proxy) {
    try {
      return fetcher.askSmall(
              "whether it has " + name, proxy.address("supported"), MOST_RECORD, true)
          instanceof SmallAnswer.Given;
    } catch (KilnException e) {
      if (e.kind() != KilnException.Kind.DEPENDENCY) {
        throw e;
      }
      return false;
    }
  }
}
