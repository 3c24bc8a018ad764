package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.kiln.builder.fetch.Mirror;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A checksum database of the test's own: some records at their places, and others around them. */
final class SampleChecksums {
  private static final Pattern TILE =
      Pattern.compile("tile/8/(\\d)/((?:x\\d{3}/)*\\d{3})(?:\\.p/(\\d{1,3}))?");
  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  private final String name;
  private final KeyPair pair;
  private final int size;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<Integer, String> heads = new ConcurrentHashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<List<byte[]>> levels = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param name its own, a host
   * @param records lines of a go.sum, by their places
   * @param size how many records there are
   */
  SampleChecksums(String name, Map<Integer, String> records, int size)
      throws GeneralSecurityException {
    this.name = name;
    this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    this.size = size;
    List<byte[]> leaves = new ArrayList<>();
    for (int number = 0; number < size; number++) {
      String text = records.getOrDefault(number, "other.example/m" + number + " v1.0.0 h1:any=\n");
      texts.add(text);
      leaves.add(sha256(new byte[1], text.getBytes(UTF_8)));
    }
    records.forEach((number, text) -> places.put(path(text), number));
    for (List<byte[]> level = leaves; !level.isEmpty(); level = above(level)) {
      levels.add(level);
    }
  }

  private static List<byte[]> above(List<byte[]> level) {
    List<byte[]> above = new ArrayList<>();
    for (int i = 0; i + 1 < level.size(); i += 2) {
      above.add(node(level.get(i), level.get(i + 1)));
    }
    return above;
  }

  /** Its public key, as GOSUMDB has one. */
  String key() {
    byte[] key = publicKey();
    return name + "+" + HexFormat.of().formatHex(id(key)) + "+" + base64(key);
  }

  String name() {
    return name;
  }

  /** What it has of the version of a module, with the head of all. */
  String lookup(String path) {
    return lookup(path, size);
  }

  /** The same when it had fewer records. */
  String lookup(String path, int then) {
    int number = Objects.requireNonNull(places.get(path), path);
    return number + "\n" + texts.get(number) + "\n" + head(then);
  }

  /** The signed head of the tree of its first records. */
  String head(int then) {
    return heads.computeIfAbsent(
        then, any -> signed("go.sum database tree\n" + then + "\n" + base64(root(0, then)) + "\n"));
  }

  /** A note of it. */
  String signed(String text) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(pair.getPrivate());
      signer.update(text.getBytes(UTF_8));
      byte[] signature = concat(id(publicKey()), signer.sign());
      return text + "\n\u2014 " + name + " " + base64(signature) + "\n";
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers below a path as a proxy, or as its own host. */
  void serve(Mirror mirror, String root) {
    mirror.serve(
        root,
        exchange -> answer(exchange, exchange.getRequestURI().getPath().substring(root.length())));
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    Matcher tile = TILE.matcher(path);
    if (path.equals("supported")) {
      Mirror.send(exchange, new byte[0]);
    } else if (places.containsKey(path)) {
      Mirror.send(exchange, lookup(path).getBytes(UTF_8));
    } else if (tile.matches()) {
      int width = tile.group(3) == null ? 256 : Integer.parseInt(tile.group(3));
      int index = Integer.parseInt(tile.group(2).replace("x", "").replace("/", ""));
      Mirror.send(exchange, tile(Integer.parseInt(tile.group(1)), index, width));
    } else {
      Mirror.answer(exchange, 404);
    }
  }

  private byte[] tile(int level, int index, int width) {
    ByteArrayOutputStream tile = new ByteArrayOutputStream();
    levels.get(8 * level).subList(256 * index, 256 * index + width).forEach(tile::writeBytes);
    return tile.toByteArray();
  }

  /** As RFC 6962 defines it, of the leaves alone. */
  private byte[] root(int begin, int end) {
    if (end - begin == 1) {
      return levels.get(0).get(begin);
    }
    int middle = begin + Integer.highestOneBit(end - begin - 1);
    return node(root(begin, middle), root(middle, end));
  }

  private static byte[] node(byte[] left, byte[] right) {
    return sha256(new byte[] {1}, left, right);
  }

  private static String path(String text) {
    String[] words = text.split("[ \n]");
    String path = "lookup/" + words[0] + "@" + words[1];
    return CAPITAL.matcher(path).replaceAll(found -> "!" + found.group().toLowerCase(Locale.ROOT));
  }

  private byte[] publicKey() {
    byte[] der = pair.getPublic().getEncoded();
    return concat(new byte[] {1}, Arrays.copyOfRange(der, der.length - 32, der.length));
  }

  private byte[] id(byte[] key) {
    return Arrays.copyOf(sha256((name + "\n").getBytes(UTF_8), key), 4);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(concat(parts));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
