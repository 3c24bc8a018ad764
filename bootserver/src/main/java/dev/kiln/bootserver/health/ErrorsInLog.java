package dev.kiln.bootserver.health;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Finds errors that a library caught and only writes into the log, whether that is shown or not: an
 * event loop does so with what its tasks and listeners throw. Below a warning are those that a
 * library expects, while it looks for what it can use.
 */
public final class ErrorsInLog extends TurboFilter {
  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    if (level.isGreaterOrEqual(Level.WARN)) {
      Breakdown.reportIfError(thrown);
      if (parameters != null
          && parameters.length > 0
          && parameters[parameters.length - 1] instanceof Throwable last) {
        Breakdown.reportIfError(last);
      }
    }
    return FilterReply.NEUTRAL;
  }
}
