package dev.interdict.server.cli.setup;

import dev.interdict.server.cli.service.HangUp;
import dev.interdict.server.cli.service.UnixDatagram;
import dev.interdict.server.cli.service.Vitals;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.service.ServiceManager;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict-server run`.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the server until it is stopped (Ctrl-C, SIGTERM).",
      "SIGHUP has it read server.yaml and the certificate anew: a new certificate is presented at"
          + " once, of all else its log says that it holds after a restart."
    })
public final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirParameter folder = new ServerDirParameter();

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Listen on this address, rather than the one in server.yaml.")
  private @Nullable String bind;

  @Option(
      names = "--device-port",
      paramLabel = "PORT",
      description = "Port for workstations; 0 picks a free one.")
  private @Nullable Integer devicePort;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      description = "Port for people; 0 picks a free one.")
  private @Nullable Integer adminPort;

  @Option(
      names = "--accept-clock",
      description =
          "This machine's clock is right: sign its time although it is far from what was signed"
              + " last. For one start, after the server was down for more than 25 hours.")
  private boolean acceptClock;

  public RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    console.follow();
    check("--device-port", devicePort);
    check("--admin-port", adminPort);
    var ready = folder.ready();
    var settings = typed(Settings.read(ready));
    if (settings.outbound().jsonLog()) {
      console.logJson();
    }
    if (acceptClock) {
      OpenServer.signedTime(ready, console).accept();
    }
    var manager =
        ServiceManager.of(System.getenv(), ProcessHandle.current().pid(), UnixDatagram::send);
    var stopped = new CountDownLatch(1);
    try (var running = RunningServer.start(ready, settings, console);
        var vitals = Vitals.start(manager, running.knock())) {
      var hook = new Thread(() -> stop(stopped, running, manager), "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      var reloading =
          new Reloading(ready, settings, this::typed, running::lookForCertificate, manager);
      var _ = HangUp.runs(reloading::run);
      tell(running);
      manager.ready("answers agents at port " + running.devicePort());
      running.followCertificate(manager::status);
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Exit.OK;
  }

  private static void check(String option, @Nullable Integer port) {
    if (port != null && (port < 0 || port > 65535)) {
      throw new Failure(Exit.USAGE, option + " must be 0 to 65535, not " + port);
    }
  }

  /// What the command line says goes before the file.
  private Settings typed(Settings settings) {
    return settings.with(bind, devicePort, adminPort);
  }

  private static void stop(CountDownLatch stopped, RunningServer running, ServiceManager manager) {
    manager.stopping();
    running.close();
    stopped.countDown();
  }

  private void tell(RunningServer running) {
    console.field("Agents", running.deviceUrl());
    console.field("Console", running.adminUrl());
    if (running.metricsPort() != 0) {
      console.field("Metrics", "port " + running.metricsPort() + " (/metrics, /healthz, /readyz)");
    }
    console.field("Trust root", "sha256:" + running.pin());
    console.line("Ctrl-C stops it.");
  }
}
