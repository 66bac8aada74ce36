package dev.interdict.agent.platform.linux.desktop;

import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.Conversation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A screen of its own (Xvfb), a session bus and a real notification service on it, and a hand that
/// clicks (xdotool).
final class RealDesktop implements AutoCloseable {
  static final Path XFCE = Path.of("/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd");
  static final Path DUNST = Path.of("/usr/bin/dunst");
  private static final Path SCREEN = Path.of("/usr/bin/Xvfb");
  static final Path HAND = Path.of("/usr/bin/xdotool");
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Map<String, String> environment = new HashMap<>();
  private final TestingBus bus;

  /// What is missing on this machine for it, or an empty text.
  static String missing(Path service) {
    for (var program : List.of(TestingBus.DAEMON, SCREEN, HAND, service)) {
      if (!Files.isExecutable(program)) {
        return "no " + program + ": install packages dbus, xvfb, xdotool, xfce4-notifyd, dunst";
      }
    }
    return "";
  }

  /// @param more of the session's environment
  RealDesktop(Path users, int uid, Path service, Map<String, String> more) throws Exception {
    bus = TestingBus.withServices(users, uid);
    running.push(bus);
    var screen =
        Command.of(SCREEN, List.of("-displayfd", "1", "-screen", "0", "800x300x24"), LIFE).start();
    running.push(screen);
    environment.put("DISPLAY", ":" + line(screen));
    environment.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + users.resolve(uid + "/bus"));
    environment.put("XDG_RUNTIME_DIR", users.resolve(Integer.toString(uid)).toString());
    environment.put("HOME", users.toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.putAll(more);
    running.push(start(service));
    await("the notification service", () -> bus.running(Notifications.NAME));
  }

  Map<String, String> environment() {
    return environment;
  }

  /// Starts a program of the session.
  Conversation start(Path program, String... arguments) throws IOException {
    return new Command(program, List.of(arguments), environment, LIFE).start();
  }

  /// What a program of the session writes.
  String ask(Path program, String... arguments) throws IOException {
    var command = new Command(program, List.of(arguments), environment, Duration.ofSeconds(20));
    if (command.run(new byte[0], 64 << 10)
        instanceof Command.Outcome.Exited(var _, var output, var _)) {
      return new String(output, StandardCharsets.UTF_8).strip();
    }
    throw new IOException(program + " gave no answer");
  }

  /// Clicks the last button of the message that is up: it lies at the lower right.
  void clickLastButton() throws Exception {
    click(40, 32);
  }

  /// Clicks the button before the last, which is of usual width.
  void clickFirstOfTwo() throws Exception {
    click(180, 32);
  }

  /// Clicks the text of the message that is up.
  void clickText() throws Exception {
    click(200, 110);
  }

  private static int at(Map<String, Integer> message, String name) {
    return Objects.requireNonNull(message.get(name), name);
  }

  private void click(int fromRight, int fromBottom) throws Exception {
    var message = message();
    var x = at(message, "X") + at(message, "WIDTH") - fromRight;
    var y = at(message, "Y") + at(message, "HEIGHT") - fromBottom;
    ask(HAND, "mousemove", Integer.toString(x), Integer.toString(y), "sleep", "0.3", "click", "1");
  }

  /// Where the message is, once it stands still.
  private Map<String, Integer> message() throws Exception {
    var places = new ArrayList<Map<String, Integer>>();
    await(
        "a message on the screen",
        () -> {
          places.add(place());
          var count = places.size();
          return count > 2
              && !places.getLast().isEmpty()
              && places.getLast().equals(places.get(count - 2));
        });
    return places.getLast();
  }

  private Map<String, Integer> place() throws IOException {
    var place = new HashMap<String, Integer>();
    var found =
        ask(HAND, "search", "--onlyvisible", "--class", "notifyd", "getwindowgeometry", "--shell");
    for (var line : found.lines().toList()) {
      var parts = line.split("=", 2);
      if (parts.length == 2) {
        place.put(parts[0], Integer.parseInt(parts[1]));
      }
    }
    return place;
  }

  private static String line(Conversation program) throws IOException {
    var reader =
        new BufferedReader(new InputStreamReader(program.output(), StandardCharsets.UTF_8));
    return String.valueOf(reader.readLine());
  }

  /// What is waited for.
  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(String what, Condition condition) throws Exception {
    for (var i = 0; i < 300; i++) {
      if (condition.holds()) {
        return;
      }
      Thread.sleep(200);
    }
    throw new AssertionError(what + " did not come within a minute");
  }

  @Override
  public void close() throws Exception {
    for (var part : running) {
      part.close();
    }
    // What the bus started outlives it by the time it takes to save its settings into the home,
    // which would come back while the test's folder is deleted.
    await("the end of the session's services", () -> services().isEmpty());
  }

  /// The processes of this session that live still; each is told to end at once.
  private List<ProcessHandle> services() {
    var home = "HOME=" + environment.get("HOME") + "\0";
    var living =
        ProcessHandle.allProcesses()
            .filter(process -> surroundings(process.pid()).contains(home))
            .toList();
    living.forEach(ProcessHandle::destroyForcibly);
    return living;
  }

  private static String surroundings(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return ""; // gone, or another's
    }
  }
}
