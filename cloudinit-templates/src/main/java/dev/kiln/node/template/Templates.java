package dev.kiln.node.template;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.ConditionalTemplateConfigurationFactory;
import freemarker.cache.FileExtensionMatcher;
import freemarker.cache.FirstMatchTemplateConfigurationFactory;
import freemarker.cache.NullCacheStorage;
import freemarker.core.OutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.core.TemplateConfiguration;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TimeZone;

/**
 * The templates of this module. A value is written {@code [=value]}, because {@code ${…}} belongs
 * to the languages that the templates are written in. An undefined value is an error, and the last
 * part of a template's name, such as {@code .ipxe.ftl}, chooses the output format that every value
 * passes.
 */
public final class Templates {
  private static final Configuration CONFIGURATION = configure();

  private Templates() {}

  /**
   * A template, parsed.
   *
   * @param name its path below {@code dev/kiln/node}
   */
  public static Template load(String name) {
    try {
      return CONFIGURATION.getTemplate(name);
    } catch (IOException e) {
      throw new IllegalStateException("the template " + name + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Fills a template.
   *
   * @param facts a record: its components are the template's values
   */
  public static String fill(Template template, Record facts) {
    StringWriter text = new StringWriter();
    try {
      template.process(facts, text);
    } catch (TemplateException | IOException e) {
      throw new IllegalArgumentException(
          template.getName() + " cannot be filled: " + e.getMessage(), e);
    }
    return text.toString();
  }

  private static Configuration configure() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setTemplateLoader(
        new ClassTemplateLoader(Templates.class.getClassLoader(), "dev/kiln/node"));
    configuration.setCacheStorage(NullCacheStorage.INSTANCE);
    configuration.setLocalizedLookup(false);
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setLocale(Locale.ROOT);
    configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
    configuration.setNumberFormat("computer");
    configuration.setInterpolationSyntax(Configuration.SQUARE_BRACKET_INTERPOLATION_SYNTAX);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    FirstMatchTemplateConfigurationFactory byName =
        new FirstMatchTemplateConfigurationFactory(
            format("ipxe", IpxeOutputFormat.INSTANCE),
            format("conf", LanguageOutputFormat.CONF),
            format("toml", LanguageOutputFormat.TOML),
            format("unit", LanguageOutputFormat.UNIT));
    // A template of a language that nobody wrote a format for must not be filled at all.
    byName.setNoMatchErrorDetails("its name says no language");
    configuration.setTemplateConfigurations(byName);
    return configuration;
  }

  private static ConditionalTemplateConfigurationFactory format(
      String language, OutputFormat format) {
    TemplateConfiguration configuration = new TemplateConfiguration();
    configuration.setOutputFormat(format);
    return new ConditionalTemplateConfigurationFactory(
        new FileExtensionMatcher(language + ".ftl"), configuration);
  }
}
