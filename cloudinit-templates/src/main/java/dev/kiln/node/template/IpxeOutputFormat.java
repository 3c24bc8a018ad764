package dev.kiln.node.template;

import dev.kiln.failure.Shown;
import freemarker.core.CommonMarkupOutputFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * iPXE's script language (https://ipxe.org/scripting). It has no quoting at all: blanks part words,
 * a line feed ends a command, <code>${…}</code> expands a setting, and the words {@code &&}, {@code
 * ||}, {@code ;} and a leading {@code #} end a command's arguments. So each value must be one
 * harmless word, and a template that is given any other value fails.
 */
public final class IpxeOutputFormat extends CommonMarkupOutputFormat<IpxeOutput> {
  public static final IpxeOutputFormat INSTANCE = new IpxeOutputFormat();

  private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]+");
  private static final Set<String> TERMINATORS = Set.of("&&", "||", ";");

  private IpxeOutputFormat() {}

  /** Whether a value can stand in a script as the one word that it is. */
  public static boolean isWord(String text) {
    return WORD.matcher(text).matches()
        && !text.contains("${")
        && !text.startsWith("#")
        && !TERMINATORS.contains(text);
  }

  @Override
  public String getName() {
    return "iPXE";
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
    if (!isWord(plainTextContent)) {
      throw new IllegalArgumentException(
          "an iPXE script cannot hold this value: '" + Shown.of(plainTextContent) + "'");
    }
    return plainTextContent;
  }

  @Override
  public boolean isLegacyBuiltInBypassed(String builtInName) {
    return false;
  }

  @Override
  protected IpxeOutput newTemplateMarkupOutputModel(String plainText, String markup) {
    return new IpxeOutput(plainText, markup);
  }
}
