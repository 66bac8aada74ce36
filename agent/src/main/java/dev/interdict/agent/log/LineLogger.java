package dev.interdict.agent.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/// Writes each event as one line, as Logback does by the agent's settings: time, level, the last
/// part of the name, message, facts as `key="value"`; then the causes of an error, a line each.
///
/// Thread-safe: each event is one write.
final class LineLogger extends LegacyAbstractLogger implements LoggingEventAware {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

  private final transient Level least;
  private final transient PrintStream out;
  private final transient InstantSource clock;
  private final transient ZoneId zone;

  LineLogger(String name, Level least, PrintStream out, InstantSource clock, ZoneId zone) {
    this.name = name.substring(name.lastIndexOf('.') + 1);
    this.least = least;
    this.out = out;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public void log(LoggingEvent event) {
    write(
        event.getLevel(),
        MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray()),
        event.getKeyValuePairs(),
        event.getThrowable());
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String message,
      Object @Nullable [] arguments,
      @Nullable Throwable cause) {
    write(level, MessageFormatter.basicArrayFormat(message, arguments), null, cause);
  }

  private void write(
      Level level,
      @Nullable String message,
      @Nullable List<KeyValuePair> facts,
      @Nullable Throwable cause) {
    var line = new StringBuilder(TIME.format(clock.instant().atZone(zone)));
    line.append(' ').append(level.name());
    line.repeat(' ', 6 - level.name().length()).append(name).append(' ');
    append(line, String.valueOf(message));
    if (facts != null) {
      for (var fact : facts) {
        line.append(' ').append(fact.key).append("=\"");
        append(line, String.valueOf(fact.value));
        line.append('"');
      }
    }
    line.append('\n');
    if (cause != null) {
      var trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      trace.toString().lines().forEach(each -> append(line, each).append('\n'));
    }
    out.print(line);
    out.flush();
  }

  /// Names of files and answers of programs may hold anything; none of it makes a line of its own
  /// or moves a terminal's cursor.
  private static StringBuilder append(StringBuilder line, String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\t') {
        line.append("\\u%04x".formatted((int) c));
      } else {
        line.append(c);
      }
    }
    return line;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return writes(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return writes(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return writes(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return writes(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return writes(Level.ERROR);
  }

  private boolean writes(Level level) {
    return level.toInt() >= least.toInt();
  }
}
