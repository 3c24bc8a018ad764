package dev.kiln.builder.cli;

import dev.kiln.builder.mirror.MirrorOption;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --mirror}. */
final class MirrorConverter implements ITypeConverter<MirrorOption> {
  @Override
  public MirrorOption convert(String value) {
    try {
      return MirrorOption.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
