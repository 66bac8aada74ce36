package dev.interdict.agent.guard;

import dev.interdict.policy.Language;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the guard is started. Read by hand, since the command-line library would stay resident.
///
/// @param root the inspected root, `/` unless said otherwise
/// @param state the agent's own folder
/// @param interval between two cycles
/// @param events file that gets one JSON line for each event, or null
/// @param terminal whether notices may be shown on the standard output
/// @param desktop whether notices may be shown on desktops
/// @param once whether to end after one cycle
/// @param language of notices
public record GuardOptions(
    Path root,
    Path state,
    Duration interval,
    @Nullable Path events,
    boolean terminal,
    boolean desktop,
    boolean once,
    Language language) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /// Reads the arguments after `guard`.
  ///
  /// @throws IllegalArgumentException with a message for the person who typed them
  public static GuardOptions parse(List<String> arguments, Path defaultState) {
    var options =
        new GuardOptions(
            Path.of("/"),
            defaultState,
            Duration.ofMinutes(15),
            null,
            false,
            true,
            false,
            Language.nearest(Locale.getDefault()));
    var rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      options = options.with(rest.remove(), rest);
    }
    return options;
  }

  private GuardOptions with(String option, ArrayDeque<String> rest) {
    return switch (option) {
      case "--root" -> copy(path(option, rest), state, interval, events, language);
      case "--state" -> copy(root, path(option, rest), interval, events, language);
      case "--interval" -> copy(root, state, interval(value(option, rest)), events, language);
      case "--events" -> copy(root, state, interval, path(option, rest), language);
      case "--lang" -> copy(root, state, interval, events, language(value(option, rest)));
      case "--terminal" ->
          new GuardOptions(root, state, interval, events, true, desktop, once, language);
      case "--no-desktop" ->
          new GuardOptions(root, state, interval, events, terminal, false, once, language);
      case "--once" ->
          new GuardOptions(root, state, interval, events, terminal, desktop, true, language);
      default ->
          throw new IllegalArgumentException(
              "unknown option " + option + "; see interdict-agent guard --help");
    };
  }

  private GuardOptions copy(
      Path root, Path state, Duration interval, @Nullable Path events, Language language) {
    return new GuardOptions(root, state, interval, events, terminal, desktop, once, language);
  }

  private static String value(String option, ArrayDeque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(
          option + " needs a value; see interdict-agent guard --help");
    }
    return rest.remove();
  }

  private static Path path(String option, ArrayDeque<String> rest) {
    return Path.of(value(option, rest)).toAbsolutePath().normalize();
  }

  private static Duration interval(String text) {
    try {
      var interval = Duration.parse(text);
      if (interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0) {
        return interval;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(intervalHelp(text), e);
    }
    throw new IllegalArgumentException(intervalHelp(text));
  }

  private static String intervalHelp(String text) {
    return "--interval " + text + " is no time from a second to a day; write PT15M for 15 minutes";
  }

  private static Language language(String tag) {
    for (var language : Language.values()) {
      if (language.tag().equalsIgnoreCase(tag)) {
        return language;
      }
    }
    throw new IllegalArgumentException("--lang " + tag + " is unknown; write en or zh-CN");
  }
}
