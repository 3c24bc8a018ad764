package dev.kiln.bootserver.app;

import dev.kiln.bootserver.admission.ServedNetworks;
import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.KeptLoaders;
import dev.kiln.bootserver.config.Config;
import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.dhcp.DhcpEndpoint;
import dev.kiln.bootserver.dhcp.DhcpServer;
import dev.kiln.bootserver.dhcp.DhcpServices;
import dev.kiln.bootserver.dhcp.DhcpSettings;
import dev.kiln.bootserver.event.AdmittedEvents;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.health.Readiness;
import dev.kiln.bootserver.http.BootHttpServer;
import dev.kiln.bootserver.http.HttpEndpoint;
import dev.kiln.bootserver.http.HttpLimits;
import dev.kiln.bootserver.http.HttpParts;
import dev.kiln.bootserver.http.RequestLog;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.net.MacResolver;
import dev.kiln.bootserver.store.sqlite.Database;
import dev.kiln.bootserver.store.sqlite.SqliteEventLog;
import dev.kiln.bootserver.store.sqlite.SqliteLeases;
import dev.kiln.bootserver.store.sqlite.SqliteMachineRegistry;
import dev.kiln.bootserver.store.sqlite.StateMetrics;
import dev.kiln.bootserver.tftp.LoaderSource;
import dev.kiln.bootserver.tftp.TftpServer;
import dev.kiln.bootserver.tftp.TftpServices;
import dev.kiln.bootserver.tftp.TftpSettings;
import dev.kiln.failure.KilnException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Starts everything, in an order in which nothing is offered before it can be delivered. */
public final class StartServer {
  private final Path configFile;
  private final ConfigReader.Checked checked;
  private final Config config;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Opened opened = new Opened();
  private final ServedNetworks served;
  private final KeptLoaders loaders;

  private StartServer(Path configFile, ConfigReader.Checked checked) {
    this.configFile = configFile;
    this.checked = checked;
    this.config = checked.config();
    this.served = new ServedNetworks(List.of(config.subnet().network()));
    this.loaders = new KeptLoaders(config.loaders().byName());
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
    SqliteMachineRegistry machines = SqliteMachineRegistry.open(database);
    CurrentFiles files = new CurrentFiles(configFile, checked, meters);
    EventLog events = recordEvents(database, machines, files);
    EventLoops loops = opened.add(new EventLoops());
    // Answers last of all, but is known first: it says whose an address is.
    LateDhcp dhcp = opened.add(new LateDhcp());
    startHttp(
        loops,
        new HttpParts(
            files::current,
            config.subnet().id(),
            loaders,
            dhcp,
            machines,
            new RequestLog(events, dhcp, database.clock()),
            readiness(database, dhcp, files),
            meters));
    startTftp(database, events, dhcp);
    startDhcp(database, events, files, dhcp);
    opened.add(
        KeepCurrent.start(
            loops.vertx(),
            files,
            List.of(config.directories().machines(), config.directories().groups()),
            loaders::refresh));
    DirectMemory.watch(loops.vertx());
    return new RunningServer(opened, listening());
  }

  private EventLog recordEvents(
      Database database, SqliteMachineRegistry machines, CurrentFiles files) {
    Function<MacAddress, Standing> standings =
        card ->
            files.current().inventory().names(card)
                ? Standing.NAMED
                : machines.knows(card) ? Standing.CLAIMED : Standing.STRANGER;
    SqliteEventLog events = new SqliteEventLog(database, standings);
    StateMetrics.register(meters, database, events, machines);
    files.follow(now -> events.standAll());
    return new AdmittedEvents(events, standings, meters);
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

  private void startHttp(EventLoops loops, HttpParts parts) {
    HttpEndpoint endpoint =
        new HttpEndpoint(
            config.http().address().toString(),
            config.http().port(),
            loops.count(),
            served,
            HttpLimits.USUAL);
    BootHttpServer http = await(BootHttpServer.start(loops.vertx(), endpoint, parts));
    opened.add(() -> await(http.close()));
  }

  private void startTftp(Database database, EventLog events, MacResolver machines) {
    if (config.tftp()) {
      opened.add(
          TftpServer.start(
              TftpSettings.of(config.subnet().server(), served),
              new TftpServices(
                  new LoaderSource(loaders), events, machines, meters, database.clock())));
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
