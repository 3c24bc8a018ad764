package dev.kiln.bootserver.app;

import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.BootDocuments;
import dev.kiln.bootserver.config.Config;
import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.health.Readiness;
import dev.kiln.bootserver.http.BootHttpServer;
import dev.kiln.bootserver.http.HttpEndpoint;
import dev.kiln.bootserver.http.HttpParts;
import dev.kiln.bootserver.http.RequestLog;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.MacResolver;
import dev.kiln.bootserver.store.Database;
import dev.kiln.bootserver.store.SqliteEventLog;
import dev.kiln.bootserver.store.SqliteLeases;
import dev.kiln.bootserver.store.SqliteMachineRegistry;
import dev.kiln.bootserver.tftp.FixedFiles;
import dev.kiln.bootserver.tftp.TftpServer;
import dev.kiln.bootserver.tftp.TftpSettings;
import dev.kiln.failure.KilnException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Starts everything, in an order in which nothing is offered before it can be delivered. */
public final class StartServer {
  private final Path configFile;
  private final ConfigReader.Checked checked;
  private final Config config;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Clock clock = Clock.systemUTC();
  private final Opened opened = new Opened();

  private StartServer(Path configFile, ConfigReader.Checked checked) {
    this.configFile = configFile;
    this.checked = checked;
    this.config = checked.config();
  }

  /** Starts a server; where any part fails, what was opened is closed again. */
  public static RunningServer start(Path configFile, ConfigReader.Checked checked) {
    StartServer starting = new StartServer(configFile, checked);
    try {
      return starting.run();
    } catch (RuntimeException e) {
      starting.opened.close();
      throw e;
    }
  }

  private RunningServer run() {
    NativeLibraries.unpackInto(config.directories().state());
    Database database = opened.add(Database.open(config.directories().database()));
    SqliteEventLog events = new SqliteEventLog(database);
    Optional<DhcpService> dhcp = config.dhcp().map(told -> dhcp(told, database, events));
    CurrentFiles files = new CurrentFiles(configFile, checked, now -> serve(dhcp, now), meters);
    Vertx vertx = opened.add(new EventLoops()).vertx();
    MacResolver machines = dhcp.<MacResolver>map(service -> service).orElse(MacResolver.UNKNOWN);
    startHttp(vertx, database, events, machines, files, readiness(database, dhcp));
    startTftp(events, machines);
    serve(dhcp, files.inventory());
    KeepCurrent.start(vertx, files);
    meters.gauge("kiln.events.dropped", events, SqliteEventLog::dropped);
    meters.gauge("kiln.state.backlog", database, Database::backlog);
    return new RunningServer(opened, listening());
  }

  private DhcpService dhcp(Config.Dhcp told, Database database, SqliteEventLog events) {
    return opened.add(new DhcpService(config, told, new SqliteLeases(database), events, meters));
  }

  private static void serve(Optional<DhcpService> dhcp, Inventory inventory) {
    dhcp.ifPresent(service -> service.serve(inventory));
  }

  private String listening() {
    List<String> parts = new ArrayList<>();
    config.dhcp().ifPresent(dhcp -> parts.add("dhcp on " + config.interfaceName()));
    if (config.tftp()) {
      parts.add("tftp " + config.address());
    }
    parts.add(config.server().toString());
    return String.join(", ", parts);
  }

  private void startHttp(
      Vertx vertx,
      Database database,
      SqliteEventLog events,
      MacResolver machines,
      CurrentFiles files,
      Readiness readiness) {
    BootAddresses addresses = new BootAddresses(config.server());
    HttpParts parts =
        new HttpParts(
            new AssignBoot(files::inventory, files.images()::snapshot, addresses),
            new BootDocuments(addresses, config.subnet().domain()),
            files.images(),
            config.loaders().byName(),
            SqliteMachineRegistry.open(database),
            new RequestLog(events, machines, clock),
            readiness,
            meters);
    HttpEndpoint endpoint =
        HttpEndpoint.of(config.http().address().toString(), config.http().port());
    BootHttpServer http = await(BootHttpServer.start(vertx, endpoint, parts));
    opened.add(() -> await(http.close()));
  }

  private void startTftp(EventLog events, MacResolver machines) {
    if (config.tftp()) {
      opened.add(
          TftpServer.start(
              TftpSettings.of(config.address()),
              new FixedFiles(config.loaders().byName()),
              events,
              machines,
              meters));
    }
  }

  private static Readiness readiness(Database database, Optional<DhcpService> dhcp) {
    Map<String, BooleanSupplier> parts = new HashMap<>();
    parts.put("state", database::healthy);
    dhcp.ifPresent(service -> parts.put("dhcp", service::running));
    return new Readiness(parts);
  }

  private static <T> T await(Future<T> future) {
    return await(future.toCompletionStage());
  }

  /** Waits on the main thread, which is no event loop. */
  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof KilnException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
