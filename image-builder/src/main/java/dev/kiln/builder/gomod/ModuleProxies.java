package dev.kiln.builder.gomod;

import dev.kiln.builder.fetch.Addresses;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedSource.ModuleFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Go module proxies in the order in which they are asked (https://go.dev/ref/mod#environment-
 * variables, {@code GOPROXY}).
 *
 * @param all at least one, wherever one is asked
 * @param from who named them, for messages
 * @param sums which checksum database is asked of what they give
 */
public record ModuleProxies(List<Proxy> all, String from, ChecksumSettings sums) {
  /** Where none is needed. */
  public static final ModuleProxies NONE = new ModuleProxies(List.of(), "nobody");

  public ModuleProxies {
    all = List.copyOf(all);
  }

  /** Those whose files nobody is asked of. */
  public ModuleProxies(List<Proxy> all, String from) {
    this(all, from, ChecksumSettings.NONE);
  }

  /** The same, where a checksum database is asked. */
  ModuleProxies checkedBy(ChecksumSettings others) {
    return new ModuleProxies(all, from, others);
  }

  /**
   * A proxy.
   *
   * @param root without a slash at the end
   * @param passedOver whether the next one is asked where this one fails in any way; else only
   *     where it answers that it does not have something (404 or 410)
   */
  public record Proxy(URI root, boolean passedOver) {
    /**
     * The address of a file.
     *
     * @param path below a proxy
     */
    URI address(String path) {
      return URI.create(root + "/" + path.replace("+", "%2B"));
    }

    /** What it has below a path. */
    Proxy below(String path) {
      return new Proxy(address(path), passedOver);
    }
  }

  /** Where a file may be had, whose digest is known: whoever gives these bytes is right. */
  public List<URI> addressesOf(ModuleFile file) {
    return addressesOf(file.path());
  }

  private List<URI> addressesOf(String path) {
    return all.stream().map(proxy -> proxy.address(path)).toList();
  }

  /** Where the {@code go.mod} of a version of a module may be had. */
  public List<URI> addressesOf(String module, String version) {
    return addressesOf(ModuleFile.path(module, version, ModuleFile.Kind.MOD));
  }

  /**
   * Reads a list as Go does: {@code ,} between two means that the second is asked for what the
   * first does not have, {@code |} that it is asked wherever the first fails.
   *
   * @param from who says so, such as {@code GOPROXY}
   * @throws KilnException of kind INPUT where it names no proxy: modules are not fetched from where
   *     they are developed ({@code direct})
   */
  static ModuleProxies parse(String text, String from) {
    List<Proxy> found = new ArrayList<>();
    for (int begin = 0; begin <= text.length(); ) {
      int end = begin;
      while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != '|') {
        end++;
      }
      String word = text.substring(begin, end).strip();
      boolean last = word.equals("direct") || word.equals("off");
      if (last) {
        break;
      }
      if (!word.isEmpty()) {
        found.add(new Proxy(root(word, from), end < text.length() && text.charAt(end) == '|'));
      }
      begin = end + 1;
    }
    if (found.isEmpty()) {
      throw KilnException.input(
          from + " names no Go module proxy: it is '" + Addresses.shown(text) + "'",
          "Name one, such as GOPROXY=https://goproxy.cn; modules are fetched from proxies alone,"
              + " never from the repositories they are developed in");
    }
    return new ModuleProxies(found, from);
  }

  private static URI root(String word, String from) {
    try {
      URI root = new URI(word.replaceAll("/+$", ""));
      String scheme = String.valueOf(root.getScheme());
      boolean web = (scheme.equals("https") || scheme.equals("http")) && root.getHost() != null;
      if (web || (scheme.equals("file") && root.getPath() != null)) {
        return root;
      }
    } catch (URISyntaxException e) {
      // Told below, without what may be a password.
    }
    throw KilnException.input(
        from + ": '" + Addresses.shown(word) + "' is no address of a Go module proxy",
        "Write one that begins with https://, http:// or file:///");
  }
}
