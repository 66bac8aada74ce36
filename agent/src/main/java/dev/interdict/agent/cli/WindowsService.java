package dev.interdict.agent.cli;

import dev.interdict.agent.guard.BootClocks;
import dev.interdict.agent.guard.GuardMain;
import dev.interdict.agent.platform.windows.RegistrySettings;
import dev.interdict.agent.platform.windows.ServiceLog;
import dev.interdict.agent.platform.windows.ServiceRecovery;
import dev.interdict.agent.platform.windows.StateMark;
import dev.interdict.agent.platform.windows.kernel.StateFolder;
import dev.interdict.agent.service.AgentService;
import dev.interdict.agent.service.Joining;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.StateVersion;
import dev.interdict.agent.state.Uplink;
import dev.interdict.agent.sync.Enrolling;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where Windows' service host (Apache Commons Daemon procrun) enters: it calls `start` in one
/// thread and, to stop the service, `stop` in another one. Not run on Windows so far.
public final class WindowsService {
  private static final Logger LOG = LoggerFactory.getLogger(WindowsService.class);
  private static final String NAME = "InterdictAgent";
  private static final Duration OLD = Duration.ofDays(30);
  private static final Path STATE = StateFolder.path();
  private static final AgentService SERVICE =
      new AgentService(
          WindowsService::prepare,
          new Joining(
                  RegistrySettings.live(),
                  WindowsService::joined,
                  WindowsService::enrol,
                  WindowsService::tell)
              ::attempt,
          () -> GuardMain.run(List.of(), STATE),
          AgentService.Pauses.STANDARD,
          WindowsService::tell);

  private WindowsService() {}

  /// Runs the agent; returns when the service was stopped.
  public static void start(String[] arguments) {
    try {
      ServiceRecovery.set(NAME);
    } catch (IOException e) {
      tell(String.valueOf(e.getMessage()));
    }
    try {
      ServiceLog.sweep(ServiceLog.folder(), InstantSource.system().instant().minus(OLD));
    } catch (IOException e) {
      tell("old files of the service's log stay: " + e.getMessage());
    }
    SERVICE.run();
  }

  /// Stops what `start` runs.
  public static void stop(String[] arguments) {
    SERVICE.stop();
  }

  private static void prepare() throws IOException {
    StateFolder.prepare(STATE);
    // Before anything else looks in: a newer agent may have been here.
    StateDirectory.open(STATE);
    StateMark.set(StateVersion.KNOWN);
  }

  /// Not by half: an interrupted unenrolment leaves no key, and a token for the next one stays.
  private static boolean joined() {
    var state = new StateDirectory(STATE);
    return Files.exists(state.enrolment()) && Files.exists(state.deviceKey());
  }

  private static void enrol(URI server, Uplink uplink, String token, String pin)
      throws IOException {
    try {
      new Enrolling(
              server,
              uplink,
              StateDirectory.open(STATE),
              BootClocks.ofThisSystem(),
              InstantSource.system(),
              new SecureRandom())
          .enrol(token, pin);
    } catch (IllegalArgumentException e) {
      throw new IOException("not enrolled: " + e.getMessage(), e);
    }
  }

  private static void tell(String line) {
    LOG.warn(line);
  }
}
