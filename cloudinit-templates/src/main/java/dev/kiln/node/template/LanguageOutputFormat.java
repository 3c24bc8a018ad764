package dev.kiln.node.template;

import dev.kiln.failure.Shown;
import freemarker.core.CommonMarkupOutputFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The languages of a node's configuration files. Each takes a value into the one place where its
 * templates write values, escaped or not at all: a template that is given any other value fails.
 */
public final class LanguageOutputFormat extends CommonMarkupOutputFormat<LanguageOutput> {
  private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]*");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_./:=,@+-]+");

  /** Files of lines (sysctl.d, modules-load.d, chrony): a value is one line, or part of one. */
  public static final LanguageOutputFormat CONF =
      new LanguageOutputFormat("conf", value -> matching(LINE, value));

  /** Units of systemd (systemd.syntax(7)): a value is one word without specifiers or quotes. */
  public static final LanguageOutputFormat UNIT =
      new LanguageOutputFormat("unit", value -> matching(WORD, value));

  /** TOML 1.0: a value stands inside a basic string, whose quotes the template writes. */
  public static final LanguageOutputFormat TOML =
      new LanguageOutputFormat("toml", LanguageOutputFormat::basicString);

  private final String name;
  private final UnaryOperator<String> escape;

  private LanguageOutputFormat(String name, UnaryOperator<String> escape) {
    this.name = name;
    this.escape = escape;
  }

  /** The part of a template's name that chooses this format. */
  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getMimeType() {
    return "text/plain";
  }

  @Override
  public void output(String textToEsc, Writer out) throws IOException {
    out.write(escapePlainText(textToEsc));
  }

  @Override
  public String escapePlainText(String plainTextContent) {
    return escape.apply(plainTextContent);
  }

  @Override
  public boolean isLegacyBuiltInBypassed(String builtInName) {
    return false;
  }

  @Override
  protected LanguageOutput newTemplateMarkupOutputModel(String plainText, String markup) {
    return new LanguageOutput(this, plainText, markup);
  }

  private static String matching(Pattern pattern, String value) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "this file cannot hold the value '" + Shown.of(value) + "'");
    }
    return value;
  }

  private static String basicString(String value) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7f) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
