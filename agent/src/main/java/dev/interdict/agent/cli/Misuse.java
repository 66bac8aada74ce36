package dev.interdict.agent.cli;

import dev.interdict.identity.Printable;
import dev.interdict.json.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what is wrong with a command line, in the language of whoever typed it: the command line's
/// library has these texts in English only. Pure functions.
final class Misuse {
  private Misuse() {}

  /// @param known the commands that there are
  static String of(ParameterException e, Set<String> known, Words words) {
    return switch (e) {
      case UnmatchedArgumentException unmatched ->
          unknown(unmatched.getUnmatched().getFirst(), known, words);
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          words.say("usage.missing", names(missing.getMissing()));
      case OverwrittenOptionException twice ->
          words.say("usage.twice", name(twice.getOverwritten()));
      case MutuallyExclusiveArgsException _ -> words.say("usage.exclusive", choices(e));
      default -> {
        var of = e.getArgSpec();
        var value = e.getValue();
        yield of == null || value == null
            ? String.valueOf(e.getMessage())
            : value(of, value, words);
      }
    };
  }

  private static String unknown(String word, Set<String> known, Words words) {
    // The library suggests something for whatever one types.
    var near =
        switch (word) {
          case "privacy" -> "my-data";
          case "run" -> "guard";
          default -> Nearest.of(word, known);
        };
    return near == null
        ? words.say("usage.unknown", word)
        : words.say("usage.unknown.near", word, near);
  }

  private static String value(ArgSpec of, String value, Words words) {
    var choices = of.type().getEnumConstants();
    return choices == null
        ? words.say("usage.value", name(of), Printable.of(value))
        : words.say(
            "usage.value.of",
            name(of),
            Printable.of(value),
            Arrays.stream(choices)
                .map(choice -> choice.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", ")));
  }

  /// The library does not say which: no command here has two such groups.
  private static String choices(ParameterException e) {
    return names(
        e.getCommandLine().getCommandSpec().argGroups().stream()
            .filter(ArgGroupSpec::exclusive)
            .flatMap(group -> group.args().stream())
            .toList());
  }

  private static String names(Collection<? extends ArgSpec> all) {
    return all.stream().map(Misuse::name).distinct().collect(Collectors.joining(", "));
  }

  /// As it is typed, such as `--until DATE`.
  private static String name(ArgSpec of) {
    if (!(of instanceof OptionSpec option)) {
      return of.paramLabel();
    }
    return option.arity().max() == 0
        ? option.longestName()
        : option.longestName() + " " + option.paramLabel();
  }
}
