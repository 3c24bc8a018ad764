package dev.kiln.lab.lifecycle;

import dev.kiln.lab.machine.MachineSpec;
import dev.kiln.lab.network.LabNetwork;
import dev.kiln.lab.network.RouterAdvertiser;
import dev.kiln.lab.server.BootServerFiles;
import dev.kiln.lab.server.BootServerProcess;
import dev.kiln.lab.ssh.LabKey;
import dev.kiln.lab.ssh.Login;

/** Starts a lab: from an empty host to a boot server that serves, and machines without power. */
public final class StartLab {
  private final LabPlan plan;
  private final LabDirectory directory;
  private final Progress progress;
  private final RunningLab lab;

  private StartLab(LabPlan plan, LabDirectory directory, Progress progress) {
    this.plan = plan;
    this.directory = directory;
    this.progress = progress;
    this.lab = new RunningLab(plan, directory);
  }

  /** Returns when the boot server serves; what was started before a failure is ended again. */
  public static RunningLab run(LabPlan plan, LabDirectory directory, Progress progress) {
    return new StartLab(plan, directory, progress).run();
  }

  private RunningLab run() {
    try {
      progress.step("take the directory " + directory.path(), this::claim);
      progress.step("make the network " + directory.namespace().name(), this::makeNetwork);
      progress.step("write the boot server's files", this::writeFiles);
      progress.step("start the boot server", this::startBootServer);
      lab.publish();
      return lab;
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private void claim() {
    lab.keep(directory.claim().orElseThrow(() -> RunningLab.alreadyUp(directory)));
    directory.empty();
  }

  private void makeNetwork() {
    lab.keep(
        LabNetwork.create(
            directory.namespace(), plan.machines().stream().map(MachineSpec::tap).toList()));
    lab.keep(RouterAdvertiser.start(directory.namespace(), directory.log("router")));
  }

  private void writeFiles() {
    LabKey key = LabKey.create(directory.key());
    lab.login(new Login("root", key));
    new BootServerFiles(directory.bootServer()).write(plan.groups(), plan.machines(), key);
  }

  private void startBootServer() {
    lab.bootServer(
        BootServerProcess.start(
            plan.bootServer(),
            new BootServerFiles(directory.bootServer()),
            directory.namespace(),
            directory.log("bootserver")));
  }
}
