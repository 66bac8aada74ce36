package dev.interdict.server.cli;

import dev.interdict.server.MovableClock;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.PassphraseSource;
import dev.interdict.server.store.TestingDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What came of a command that somebody typed, without what it says of how long it takes: that
/// depends on the machine.
public record Typed(int code, String out, String err) {
  public Typed {
    err = err.replaceAll("(?m)^.* … [0-9]+ s\\R", "");
  }

  /// Why somebody publishes without a second person.
  static final String ALONE = "nobody else is here in this test";

  static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  public static Typed server(String... arguments) {
    return run(true, false, TypedPassphrases.NONE, onItsDatabase(arguments));
  }

  /// A server that is set up keeps its rows where the tests have them.
  static String[] onItsDatabase(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    if (arguments.length > 1 && arguments[0].equals("init") && !all.contains("--database")) {
      all.addAll(TestingDatabase.initOptions(Path.of(arguments[1])));
    }
    return all.toArray(String[]::new);
  }

  public static Typed admin(String... arguments) {
    return run(false, false, TypedPassphrases.NONE, arguments);
  }

  /// As [#admin], by somebody whose passphrases guard something: they are hashed as often as real
  /// ones.
  public static Typed hashing(String... arguments) {
    return run(false, false, PassphraseSource.NONE, arguments);
  }

  /// As [#admin], by somebody who knows passphrases.
  static Typed knowing(PassphraseSource passphrases, String... arguments) {
    return run(false, false, passphrases, arguments);
  }

  static Typed colored(String... arguments) {
    return run(false, true, TypedPassphrases.NONE, arguments);
  }

  private static Typed run(
      boolean server, boolean color, PassphraseSource passphrases, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var console =
        new Console(
            new PrintWriter(out),
            new PrintWriter(err),
            color,
            "anna",
            new MovableClock(NOW),
            new SecureRandom(),
            passphrases);
    var code = server ? Programs.server(console, arguments) : Programs.admin(console, arguments);
    console.out().flush();
    console.err().flush();
    return new Typed(code, out.toString(), err.toString());
  }
}
