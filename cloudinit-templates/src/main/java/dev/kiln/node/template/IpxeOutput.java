package dev.kiln.node.template;

import freemarker.core.CommonTemplateMarkupOutputModel;
import org.jspecify.annotations.Nullable;

/** A piece of iPXE script inside a template. */
public final class IpxeOutput extends CommonTemplateMarkupOutputModel<IpxeOutput> {
  IpxeOutput(@Nullable String plainText, @Nullable String markup) {
    super(plainText, markup);
  }

  @Override
  public IpxeOutputFormat getOutputFormat() {
    return IpxeOutputFormat.INSTANCE;
  }
}
