package dev.interdict.agent.platform.linux.desktop;

import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.session.Doors;
import dev.interdict.policy.RuleId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Opens pages by the desktop's portal, else by `xdg-open`, and our own page by its command.
///
/// What is started outlives this worker: as a unit of the person's service manager where there is
/// one, which also frees it of the ban on gaining privileges that the worker has (a browser's
/// sandbox may need some), else as a process of its own.
final class DesktopDoors implements Doors {
  private static final Bus.Service PORTAL =
      new Bus.Service(
          "org.freedesktop.portal.Desktop",
          "/org/freedesktop/portal/desktop",
          "org.freedesktop.portal.OpenURI");

  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path UNIT = Path.of("/usr/bin/systemd-run");
  private static final String OPEN = "/usr/bin/xdg-open";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /// Nothing of what is to be run is part of this text.
  private static final String APART = "exec setsid --fork -- \"$@\" </dev/null >/dev/null 2>&1";

  private final Bus bus;
  private final SessionEnvironment environment;
  private final List<String> page;

  /// @param page the program and arguments that serve our page, to which the rule's id is added
  DesktopDoors(Bus bus, SessionEnvironment environment, List<String> page) {
    this.bus = bus;
    this.environment = environment;
    this.page = List.copyOf(page);
  }

  @Override
  public void web(URI https) {
    var asked = bus.command(PORTAL, "OpenURI", "ssa{sv}", "", https.toASCIIString(), Map.of());
    if (asked == null) {
      start(List.of(OPEN, https.toASCIIString()));
    }
  }

  @Override
  public void page(RuleId rule) {
    var line = new ArrayList<>(page);
    line.add(rule.value());
    start(line);
  }

  private void start(List<String> line) {
    if (!Files.isExecutable(UNIT) || !run(UNIT, unit(line))) {
      var apart = new ArrayList<>(List.of("-c", APART, "sh"));
      apart.addAll(line);
      run(SHELL, apart);
    }
  }

  private static List<String> unit(List<String> line) {
    var unit = new ArrayList<>(List.of("--user", "--collect", "--quiet", "--"));
    unit.addAll(line);
    return unit;
  }

  private boolean run(Path program, List<String> arguments) {
    var command = new Command(program, arguments, environment.variables(), LIMIT);
    return command.run(new byte[0], 4 << 10)
            instanceof Command.Outcome.Exited(var code, var _, var _)
        && code == 0;
  }
}
