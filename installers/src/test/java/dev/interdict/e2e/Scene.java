package dev.interdict.e2e;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One server with one enrolled workstation, in a folder of its own.
final class Scene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  final Path folder;
  final Path server;
  final Path workstation;
  final Path state;
  final Programs programs;
  private final Path events;
  private @Nullable Process serving;
  private @Nullable Process guarding;
  private int devicePort;

  Scene(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.server = folder.resolve("server");
    this.workstation = folder.resolve("workstation");
    this.state = folder.resolve("state");
    this.events = folder.resolve("events.jsonl");
    this.programs = new Programs(folder.resolve("log"));
    programs.ok("interdict-server", "init", server.toString());
  }

  /// Starts the server on the ports it had before, if any.
  void serve() throws IOException, InterruptedException {
    var out = folder.resolve("server.out");
    Files.deleteIfExists(out);
    serving =
        programs.start(
            Programs.command(
                "interdict-server",
                "run",
                server.toString(),
                "--device-port",
                Integer.toString(devicePort),
                "--admin-port",
                "0"),
            out,
            folder.resolve("server.err"));
    var port = Pattern.compile("Agents\\s+http://127\\.0\\.0\\.1:(\\d+)");
    await("the server's port", () -> port.matcher(Programs.read(out)).find());
    var found = port.matcher(Programs.read(out));
    if (found.find()) {
      devicePort = Integer.parseInt(found.group(1));
    }
  }

  void stopServer() throws InterruptedException {
    if (serving != null) {
      programs.kill(serving);
      serving = null;
    }
  }

  void enrol() throws IOException, InterruptedException {
    var pin = programs.ok("interdict", "root", "show", "--server-dir", server.toString());
    var hex = Pattern.compile("sha256:[0-9a-f]{64}").matcher(pin);
    if (!hex.find()) {
      throw new IOException("no fingerprint in: " + pin);
    }
    programs.ok(
        "interdict-agent",
        "enrol",
        "--server",
        "http://127.0.0.1:" + devicePort,
        "--token-file",
        server.resolve("enrolment-token").toString(),
        "--trust-root",
        hex.group(),
        "--state",
        state.toString());
  }

  void startGuard() throws IOException {
    startGuard(List.of());
  }

  /// @param through a program that starts the guard, with its arguments
  void startGuard(List<String> through) throws IOException {
    var command = new ArrayList<>(through);
    command.addAll(Programs.command("interdict-agent", guard()));
    guarding = programs.start(command, folder.resolve("guard.out"), folder.resolve("guard.err"));
  }

  /// Starts a guard that loads each of its classes from where it was compiled to.
  ///
  /// @param through as of [#startGuard(List)]
  void startGuardWithoutArchives(List<String> through) throws IOException {
    var command = new ArrayList<>(through);
    command.addAll(Programs.agentWithoutArchives(guard()));
    guarding = programs.start(command, folder.resolve("guard.out"), folder.resolve("guard.err"));
  }

  private String[] guard() {
    return new String[] {
      "guard",
      "--root",
      workstation.toString(),
      "--state",
      state.toString(),
      "--interval",
      "PT2S",
      "--events",
      events.toString(),
      "--terminal",
      "--no-desktop",
      "--lang",
      "en"
    };
  }

  void stopGuard() throws InterruptedException {
    if (guarding != null) {
      programs.kill(guarding);
      guarding = null;
    }
  }

  /// Publishes the starter rule, announced a minute ago and effective `from` now.
  Instant publish(Duration from) throws IOException, InterruptedException {
    var effective = Instant.now().plus(from).truncatedTo(ChronoUnit.SECONDS);
    var rule = folder.resolve("claude-code.yaml");
    try (var starter =
        Scene.class.getResourceAsStream("/dev/interdict/server/catalogue/claude-code.yaml")) {
      if (starter == null) {
        throw new IOException("the starter rule is not in the distribution");
      }
      var text =
          new String(starter.readAllBytes(), StandardCharsets.UTF_8)
              .replaceFirst(
                  "(?m)^  announce: .*$", "  announce: " + local(Instant.now().minusSeconds(60)))
              .replaceFirst("(?m)^  effective: .*$", "  effective: " + local(effective))
              .replaceFirst("(?m)^  minimum-notice: .*$", "  minimum-notice: PT3S")
              .replaceFirst("(?m)^  reminders: .*$", "  reminders: []");
      Files.writeString(rule, text);
    }
    programs.ok(
        "interdict",
        "publish",
        rule.toString(),
        "--server-dir",
        server.toString(),
        "--break-glass",
        "one person plays all parts here");
    return effective;
  }

  private static String local(Instant instant) {
    return LOCAL.format(LocalDateTime.ofInstant(instant, ZONE));
  }

  /// All events so far.
  List<Json.Obj> events() throws IOException {
    var all = new ArrayList<Json.Obj>();
    if (!Files.exists(events)) {
      return all;
    }
    for (var line : Programs.read(events).split("\n")) {
      try {
        if (JsonReader.read(line.getBytes(StandardCharsets.UTF_8), JsonLimits.OWN)
            instanceof Json.Obj event) {
          all.add(event);
        }
      } catch (JsonException e) {
        // The last line is being written.
      }
    }
    return all;
  }

  static String text(Json.Obj event, String name) {
    return switch (event.get(name)) {
      case Json.Text(var value) -> value;
      case Json.Int(var value) -> Long.toString(value);
      case null, default -> "";
    };
  }

  static Predicate<Json.Obj> is(String kind) {
    return event -> text(event, "event").equals(kind);
  }

  static Predicate<Json.Obj> with(String name, String value) {
    return event -> text(event, name).equals(value);
  }

  /// Waits until an event that matches was seen, and returns the first.
  Json.Obj awaitEvent(Predicate<Json.Obj> matches) throws IOException, InterruptedException {
    return awaitEvent(0, matches);
  }

  /// As [#awaitEvent(Predicate)], among events after the first `skip`.
  Json.Obj awaitEvent(int skip, Predicate<Json.Obj> matches)
      throws IOException, InterruptedException {
    await("an event", () -> events().stream().skip(skip).anyMatch(matches));
    return events().stream().skip(skip).filter(matches).findFirst().orElseThrow();
  }

  /// A condition that may need a look at files.
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  void await(String what, Condition condition) throws IOException, InterruptedException {
    var until = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      if (serving != null && !serving.isAlive()) {
        throw new IOException("the server ended: " + Programs.read(folder.resolve("server.err")));
      }
      if (guarding != null && !guarding.isAlive()) {
        throw new IOException("the guard ended: " + Programs.read(folder.resolve("guard.err")));
      }
      if (Instant.now().isAfter(until)) {
        throw new IOException("waited in vain for " + what + "; events so far: " + events());
      }
      Thread.sleep(100);
    }
  }

  @Override
  public void close() throws InterruptedException {
    programs.close();
  }
}
