package dev.interdict.server.cli;

import dev.interdict.server.MovableClock;
import dev.interdict.server.cli.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/// What came of a command that somebody typed.
record Typed(int code, String out, String err) {
  static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  static Typed server(String... arguments) {
    return run(true, false, arguments);
  }

  static Typed admin(String... arguments) {
    return run(false, false, arguments);
  }

  static Typed colored(String... arguments) {
    return run(false, true, arguments);
  }

  private static Typed run(boolean server, boolean color, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var console = console(out, err, color, new MovableClock(NOW));
    var code = server ? Programs.server(console, arguments) : Programs.admin(console, arguments);
    console.out().flush();
    console.err().flush();
    return new Typed(code, out.toString(), err.toString());
  }

  static Console console(StringWriter out, StringWriter err, boolean color, InstantSource clock) {
    return new Console(
        new PrintWriter(out), new PrintWriter(err), color, "anna", clock, new SecureRandom());
  }
}
