package dev.interdict.server.cli;

import dev.interdict.server.cli.terminal.PassphraseSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A person who answers each question with the next line, or a script with an environment.
final class TypedPassphrases implements PassphraseSource {
  /// Nobody, and an empty environment.
  static final PassphraseSource NONE =
      new PassphraseSource() {
        @Override
        public int iterations() {
          return FEW;
        }

        @Override
        public @Nullable String variable(String name) {
          return null;
        }

        @Override
        public char @Nullable [] ask(String question) {
          return null;
        }
      };

  /// What they guard is a test's, and to hash them as often as real ones took a third of all time.
  private static final int FEW = 1_000;

  private final List<String> answers;
  private final Map<String, String> environment;

  /// What was asked, in order.
  final List<String> questions = new ArrayList<>();

  /// The arrays that were handed out.
  final List<char[]> handedOut = new ArrayList<>();

  private TypedPassphrases(List<String> answers, Map<String, String> environment) {
    this.answers = new ArrayList<>(answers);
    this.environment = environment;
  }

  static TypedPassphrases person(String... answers) {
    return new TypedPassphrases(List.of(answers), Map.of());
  }

  static TypedPassphrases script(String variable, String value) {
    return new TypedPassphrases(List.of(), Map.of(variable, value));
  }

  @Override
  public int iterations() {
    return FEW;
  }

  @Override
  public @Nullable String variable(String name) {
    return environment.get(name);
  }

  @Override
  public char @Nullable [] ask(String question) {
    questions.add(question);
    if (answers.isEmpty()) {
      return null;
    }
    var answer = answers.removeFirst().toCharArray();
    handedOut.add(answer);
    return answer;
  }

  /// Whether nothing of what was typed is left in the arrays.
  boolean wiped() {
    return handedOut.stream().allMatch(array -> Arrays.equals(array, new char[array.length]));
  }
}
