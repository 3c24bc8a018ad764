package dev.kiln.lab.cli;

import dev.kiln.lab.lifecycle.LabPlan;
import dev.kiln.lab.lifecycle.Progress;
import dev.kiln.lab.lifecycle.RunningLab;
import dev.kiln.lab.lifecycle.StartLab;
import dev.kiln.lab.machine.MachineSpec;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lab keep}: a lab in the foreground, that ends with this program. */
@Command(
    name = "keep",
    mixinStandardHelpOptions = true,
    description = "Starts a lab and keeps it until this program ends, as by Ctrl-C.")
final class Keep implements Callable<Integer> {
  /** The last line that is printed before waiting. */
  static final String READY = "lab: up";

  @Mixin private LabOption lab = new LabOption();
  @Mixin private PlanOptions options = new PlanOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(out);
    LabPlan plan = options.plan();
    // A signal ends this program, and the running lab ends itself then.
    try (RunningLab running = StartLab.run(plan, lab.directory(), progress)) {
      for (MachineSpec machine : plan.machines()) {
        progress.step("switch on " + machine.name(), () -> running.powerOn(machine.name()));
      }
      out.println(READY);
      out.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
