package dev.kiln.builder.gomod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownLicensesTest {
  private static final String MIT =
      """
      The MIT License (MIT)

      Copyright (c) 2026 Somebody

      Permission is hereby granted, free of charge, to any person obtaining a copy
      of this software and associated documentation files (the "Software"), to deal
      in the Software without restriction.

      The above copyright notice and this permission notice shall be included in all
      copies or substantial portions of the Software.

      THE SOFTWARE IS PROVIDED \u201cAS IS\u201d, WITHOUT WARRANTY OF ANY KIND.
      """;

  private static final String TWO_CLAUSES =
      """
      // Redistribution and use in source and binary forms, with or without
      // modification, are permitted provided that the following conditions are met:
      // * Redistributions in binary form must reproduce the above copyright notice.
      """
          .replace("//", "");

  private static final String THIRD_CLAUSE =
      """
      Neither the name of X nor the names of its contributors may be used to endorse or
      promote products derived from this software without specific prior written permission.
      """;

  /** The texts that every Debian has (base-files). */
  @ParameterizedTest
  @CsvSource({"Apache-2.0, Apache-2.0", "BSD, BSD-3-Clause", "MPL-2.0, MPL-2.0"})
  void knowsTheTextsThatLicencesHave(String file, String identifier) throws IOException {
    String text = Files.readString(Path.of("/usr/share/common-licenses").resolve(file));

    assertThat(KnownLicenses.of(text)).isEqualTo(identifier);
    assertThat(KnownLicenses.of(text.replace("\n", "\r\n   "))).isEqualTo(identifier);
  }

  @Test
  void knowsOneHoweverItIsBrokenIntoLinesAndQuoted() {
    assertThat(KnownLicenses.of(MIT)).isEqualTo("MIT");
    assertThat(KnownLicenses.of(MIT.replace("\n", "\n# "))).isEqualTo("MIT");
  }

  @Test
  void tellsTwoClausesFromThree() {
    assertThat(KnownLicenses.of(TWO_CLAUSES)).isEqualTo("BSD-2-Clause");
    assertThat(KnownLicenses.of(TWO_CLAUSES + THIRD_CLAUSE)).isEqualTo("BSD-3-Clause");
  }

  @Test
  void namesNoneWhereItIsNotSure() throws IOException {
    assertThat(KnownLicenses.of("")).isEmpty();
    assertThat(KnownLicenses.of("All rights reserved.")).isEmpty();
    assertThat(KnownLicenses.of("Licensed under the MIT License.")).isEmpty();
    assertThat(KnownLicenses.of(MIT + TWO_CLAUSES)).isEmpty();
    assertThat(KnownLicenses.of(Files.readString(Path.of("/usr/share/common-licenses/GPL-3"))))
        .isEmpty();
  }
}
