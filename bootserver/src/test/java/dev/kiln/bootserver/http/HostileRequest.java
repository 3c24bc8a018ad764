package dev.kiln.bootserver.http;

import java.util.Random;

/** Requests that are nearly right. */
final class HostileRequest {
  private static final String[] PATHS = {
    "/boot.ipxe",
    "/ipxe?mac=52-54-00-12-34-56&uuid=4c4c4544-0051-3610-8052-b4c04f4a3332&serial=a%20b",
    "/nocloud/node-1/52-54-00-12-34-56/" + "ab".repeat(32) + "/user-data",
    "/events/node-1/52-54-00-12-34-56",
    "/loaders/ipxe.efi",
    "/readyz"
  };

  private static final String[] BODIES = {
    "{\"name\": \"modules-final\", \"event_type\": \"finish\", \"origin\": \"cloudinit\"}",
    "{\"name\": [], \"event_type\": {}, \"origin\": 1e999, \"result\": null}",
    "{\"name\": \"\\ud800\\u0000\\u001b[2J\", \"description\": \"" + "x".repeat(3_000) + "\"}",
    "[[[[[[[[[[[[[[[[[[[[1",
    "\"name\"",
    ""
  };

  private HostileRequest() {}

  static String of(Random random, String imagePath) {
    boolean post = random.nextInt(3) == 0;
    String path = post ? PATHS[3] : random.nextInt(4) == 0 ? imagePath : one(random, PATHS);
    String body = post ? one(random, BODIES) : "";
    String request =
        (post ? "POST " : random.nextInt(5) == 0 ? "HEAD " : "GET ")
            + mutated(random, path)
            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nRange: "
            + mutated(random, "bytes=0-99,-5")
            + "\r\nIf-None-Match: "
            + mutated(random, "W/\"a\", \"b\"")
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + mutated(random, body);
    return random.nextInt(4) == 0 ? mutated(random, request) : request;
  }

  /** The text with up to three bytes changed, taken out or doubled. */
  private static String mutated(Random random, String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int n = random.nextInt(4); n > 0 && !changed.isEmpty(); n--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(4)) {
        case 0 -> changed.deleteCharAt(at);
        case 1 -> changed.insert(at, changed.charAt(at));
        case 2 -> changed.setCharAt(at, (char) random.nextInt(256));
        default -> changed.setCharAt(at, "%/.&?=;\"\\{}$".charAt(random.nextInt(12)));
      }
    }
    return changed.toString();
  }

  private static String one(Random random, String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
