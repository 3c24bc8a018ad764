package dev.kiln.builder.deb;

import java.util.Random;

/** Texts that nobody would write. */
public final class Noise {
  private Noise() {}

  public static String of(Random random, String characters) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(60);
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }
}
