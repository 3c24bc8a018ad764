package dev.kiln.bootserver.cli;

import dev.kiln.bootserver.app.RunningServer;
import dev.kiln.bootserver.app.StartServer;
import dev.kiln.bootserver.config.ConfigReader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code bootserver serve}: runs until it is told to end. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves DHCP, TFTP and HTTP until SIGTERM or SIGINT.")
final class ServeCommand implements Callable<Integer> {
  @ParentCommand private BootServer program = new BootServer();
  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    LogOutput.configure(program.debugging());
    BootServer.endWhereItCannotGoOn();
    RunningServer server = StartServer.start(config.file, ConfigReader.readToServe(config.file));
    BootServer.whenToldToEnd(server::close);
    spec.commandLine().getOut().println("bootserver: ready (" + server.listening() + ")");
    spec.commandLine().getOut().flush();
    new CountDownLatch(1).await();
    return 0;
  }
}
