package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What the commands that ask the guard have in common.
abstract class GuardCommand implements Callable<Integer> {
  static final String EXIT_CODES = "%nExit codes:%n";

  static final String NO_GUARD = "1:not done, or the guard does not answer";
  static final String WRONG = "2:the command line is wrong";
  static final String REFUSED = "4:the guard refuses, and says why";

  @Mixin GuardOptionsMixin options = new GuardOptionsMixin();

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  /// What the guard was asked about last, such as a rule.
  private @Nullable String asked;

  Words words() {
    return options.words();
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  Paper paper() {
    return new Paper(out(), Paper.COLUMNS, options.colour());
  }

  /// What the last question was about, as its person named it, for advice that names it again.
  String asked() {
    return asked == null ? "RULE" : asked;
  }

  /// The guard's answer to `ask`.
  Json.Obj ask(String ask, @Nullable String about, Map<String, String> with) throws IOException {
    asked = about;
    return options.guard().ask(ask, about, with);
  }

  /// How things stand.
  GuardAnswer status() throws IOException {
    return new GuardAnswer(ask("status", null, Map.of()));
  }

  /// The rule as `status` tells of it.
  ///
  /// @throws NotDoneException if no such rule is in force here, or nobody can say yet
  GuardAnswer rule(GuardAnswer status, String id) throws NotDoneException {
    if (!status.get("rules").isThere()) {
      throw new NotDoneException(words().say("refused.not-looked"));
    }
    return status.get("rules").items().stream()
        .filter(rule -> rule.get("id").text().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotDoneException(words().say("explain.unknown", id)));
  }

  void print(Json json) {
    out().print(new String(JsonWriter.pretty(json), StandardCharsets.UTF_8));
  }

  /// That the command line is wrong, in words.
  ParameterException wrong(String key, Object... values) {
    return new ParameterException(spec.commandLine(), words().say(key, values));
  }
}
