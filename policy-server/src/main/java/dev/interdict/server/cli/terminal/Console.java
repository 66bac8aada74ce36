package dev.interdict.server.cli.terminal;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a command may touch of the world around it, so that a test can be that world.
///
/// @param color whether `out` is a terminal whose user wants colours
/// @param screen what shows `out` and `err`
/// @param user who typed the command, for the audit log
/// @param passphrases who is asked for one
public record Console(
    PrintWriter out,
    PrintWriter err,
    boolean color,
    Screen screen,
    String user,
    InstantSource clock,
    SecureRandom random,
    PassphraseSource passphrases) {
  private static final Pattern IN_LINE = Pattern.compile("[^\n\t]+");

  /// A world whose terminal, if it has one, has colours.
  public Console(
      PrintWriter out,
      PrintWriter err,
      boolean color,
      String user,
      InstantSource clock,
      SecureRandom random,
      PassphraseSource passphrases) {
    this(out, err, color, new Screen(color, false, () -> 0), user, clock, random, passphrases);
  }

  /// A world in which nobody gives a passphrase.
  public Console(
      PrintWriter out,
      PrintWriter err,
      boolean color,
      String user,
      InstantSource clock,
      SecureRandom random) {
    this(out, err, color, user, clock, random, PassphraseSource.NONE);
  }

  /// The real one. Colours only on a terminal, and never where `NO_COLOR` is set to anything.
  public static Console system(Map<String, String> environment) {
    var screen = Screen.system(environment);
    var color =
        screen.out()
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Console(
        writer(System.out),
        writer(System.err),
        color,
        screen,
        account(System.getProperty("user.name", "?")),
        InstantSource.system(),
        new SecureRandom(),
        PassphraseSource.system(environment));
  }

  /// Java says `?` of an account that has a number and no name, as in many containers; the audit
  /// log is to say which one it was.
  static String account(String name) {
    try {
      return name.equals("?")
          ? "uid " + Files.getAttribute(Path.of("/proc/self"), "unix:uid")
          : name;
    } catch (IOException | UnsupportedOperationException e) {
      return "unknown";
    }
  }

  /// The same without colours.
  public Console plain() {
    return new Console(out, err, false, screen, user, clock, random, passphrases);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /// From now on the log tells what happens, not only what goes wrong. To be called before anything
  /// logs.
  public void follow() {
    System.setProperty("interdict.log", "info");
  }

  /// From now on each line of the log is a JSON object. To be called before anything logs.
  public void logJson() {
    System.setProperty("interdict.log.form", "json");
  }

  /// The columns that fit on a line of `out`; 0 where it is no terminal.
  int columns() {
    return screen.columns();
  }

  public void line(String text) {
    out.println(text);
  }

  /// Somebody else's text whole, byte for byte where a file or a program takes it. A terminal would
  /// do what its control characters say, so there they are made visible.
  public void text(String text) {
    out.print(
        screen.out()
            ? IN_LINE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(Printable.of(found.group())))
            : text);
    out.flush();
  }

  public void blank() {
    out.println();
  }

  /// A line of a label and a value, aligned.
  public void field(String label, String value) {
    out.println(bold("%-11s".formatted(label)) + " " + value);
  }

  /// The one line of something that went wrong, or of advice that is no result.
  public void warn(String text) {
    err.println(text);
  }

  void yaml(Json json) {
    out.print(YamlWriter.write(json));
    out.flush();
  }

  void json(Json json) {
    out.print(new String(JsonWriter.pretty(json), StandardCharsets.UTF_8));
    out.flush();
  }

  public String bold(String text) {
    return styled("1", text);
  }

  public String red(String text) {
    return styled("31", text);
  }

  public String yellow(String text) {
    return styled("33", text);
  }

  public String green(String text) {
    return styled("32", text);
  }

  private String styled(String code, String text) {
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
