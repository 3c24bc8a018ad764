package dev.kiln.node.template;

import freemarker.core.CommonTemplateMarkupOutputModel;
import org.jspecify.annotations.Nullable;

/** A piece of a configuration file inside a template. */
public final class LanguageOutput extends CommonTemplateMarkupOutputModel<LanguageOutput> {
  private final LanguageOutputFormat format;

  LanguageOutput(LanguageOutputFormat format, @Nullable String plainText, @Nullable String markup) {
    super(plainText, markup);
    this.format = format;
  }

  @Override
  public LanguageOutputFormat getOutputFormat() {
    return format;
  }
}
