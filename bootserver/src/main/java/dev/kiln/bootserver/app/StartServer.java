package dev.kiln.bootserver.app;

import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.config.Config;
import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.dhcp.DhcpEndpoint;
import dev.kiln.bootserver.dhcp.DhcpServer;
import dev.kiln.bootserver.dhcp.DhcpServices;
import dev.kiln.bootserver.dhcp.DhcpSettings;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.health.Readiness;
import dev.kiln.bootserver.http.BootHttpServer;
import dev.kiln.bootserver.http.HttpEndpoint;
import dev.kiln.bootserver.http.HttpParts;
import dev.kiln.bootserver.http.RequestLog;
import dev.kiln.bootserver.machine.MachineRegistry;
import dev.kiln.bootserver.net.MacResolver;
import dev.kiln.bootserver.store.sqlite.Database;
import dev.kiln.bootserver.store.sqlite.SqliteEventLog;
import dev.kiln.bootserver.store.sqlite.SqliteLeases;
import dev.kiln.bootserver.store.sqlite.SqliteMachineRegistry;
import dev.kiln.bootserver.store.sqlite.StateMetrics;
import dev.kiln.bootserver.tftp.FixedFiles;
import dev.kiln.bootserver.tftp.TftpServer;
import dev.kiln.bootserver.tftp.TftpServices;
import dev.kiln.bootserver.tftp.TftpSettings;
import dev.kiln.failure.KilnException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    Database database = opened.add(Database.open(config.directories().state()));
    SqliteEventLog events = new SqliteEventLog(database);
    SqliteMachineRegistry machines = SqliteMachineRegistry.open(database);
    StateMetrics.register(meters, database, events, machines);
    CurrentFiles files = new CurrentFiles(configFile, checked, meters);
    Vertx vertx = opened.add(new EventLoops()).vertx();
    // Answers last of all, but is known first: it says whose an address is.
    LateDhcp dhcp = opened.add(new LateDhcp());
    RequestLog requests = new RequestLog(events, dhcp, database.clock());
    startHttp(vertx, machines, requests, files, readiness(database, dhcp, files));
    startTftp(database, events, dhcp);
    startDhcp(database, events, files, dhcp);
    opened.add(
        KeepCurrent.start(
            vertx, files, List.of(config.directories().machines(), config.directories().groups())));
    DirectMemory.watch(vertx);
    return new RunningServer(opened, listening());
  }

  private String listening() {
    List<String> parts = new ArrayList<>();
    config.dhcp().ifPresent(dhcp -> parts.add("dhcp on " + config.interfaceName()));
    if (config.tftp()) {
      parts.add("tftp " + config.subnet().server());
    }
    parts.add(config.server().toString());
    return String.join(", ", parts);
  }

  private void startHttp(
      Vertx vertx,
      MachineRegistry machines,
      RequestLog requests,
      CurrentFiles files,
      Readiness readiness) {
    HttpParts parts =
        new HttpParts(
            files::current,
            config.subnet().id(),
            config.loaders().byName(),
            machines,
            requests,
            readiness,
            meters);
    HttpEndpoint endpoint =
        HttpEndpoint.of(config.http().address().toString(), config.http().port());
    BootHttpServer http = await(BootHttpServer.start(vertx, endpoint, parts));
    opened.add(() -> await(http.close()));
  }

  private void startTftp(Database database, EventLog events, MacResolver machines) {
    if (config.tftp()) {
      opened.add(
          TftpServer.start(
              TftpSettings.of(config.subnet().server()),
              new TftpServices(
                  FixedFiles.ofLoaders(config.loaders().byName()),
                  events,
                  machines,
                  meters,
                  database.clock())));
    }
  }

  private void startDhcp(Database database, EventLog events, CurrentFiles files, LateDhcp dhcp) {
    if (config.dhcp().isEmpty()) {
      return;
    }
    DhcpServer server =
        DhcpServer.start(
            new DhcpSettings(
                DhcpEndpoint.of(config.interfaceName()),
                config.subnet(),
                config.dhcp().get().leaseTime()),
            new DhcpServices(
                new SqliteLeases(database),
                request -> files.current().assign().assign(request),
                new BootAddresses(config.server()),
                events,
                meters,
                database.clock()));
    dhcp.runs(server);
    files.follow(now -> server.reserve(now.inventory().reservations()));
  }

  private Readiness readiness(Database database, LateDhcp dhcp, CurrentFiles files) {
    Map<String, BooleanSupplier> parts = new HashMap<>();
    parts.put("state", database::healthy);
    config.dhcp().ifPresent(told -> parts.put("dhcp", dhcp::answering));
    return new Readiness(parts, files::brokenNames);
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
