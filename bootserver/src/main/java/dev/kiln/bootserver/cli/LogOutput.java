package dev.kiln.bootserver.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.kiln.bootserver.health.ErrorsInLog;
import org.slf4j.LoggerFactory;

/** The log: plain lines on standard error; stack traces and details with --debug only. */
final class LogOutput {
  private static final String PLAIN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %msg%n%nopex";
  private static final String DETAILED =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{20}: %msg%n%ex";

  private LogOutput() {}

  static void configure(boolean debug) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.addTurboFilter(new ErrorsInLog());
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(debug ? DETAILED : PLAIN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(Level.INFO);
    context.getLogger("dev.kiln").setLevel(debug ? Level.DEBUG : Level.INFO);
    // Machines that are switched off in the middle of a transfer are everyday business here, and
    // defects of handlers are logged by DefectHandler.
    context.getLogger("io.netty").setLevel(Level.WARN);
    context.getLogger("io.vertx.core.net").setLevel(Level.OFF);
    context.getLogger("io.vertx.ext.web").setLevel(Level.OFF);
  }
}
