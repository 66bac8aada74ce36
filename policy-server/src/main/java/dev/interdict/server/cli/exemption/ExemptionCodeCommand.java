package dev.interdict.server.cli.exemption;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.offline.Challenge;
import dev.interdict.offline.CodeKey;
import dev.interdict.policy.RuleId;
import dev.interdict.server.cli.publishing.Outcomes;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.CodeDesk;
import dev.interdict.server.exemptions.CodeKeyFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict exemption code`.
@Command(
    name = "code",
    mixinStandardHelpOptions = true,
    description = {
      "Answers the challenge that an employee without a network reads out, by a code that he types:"
          + " interdict-agent exemption-code RULE --code CODE.",
      "The code carries a granted exemption. Where none holds, this is the next of two steps, by"
          + " two people as with grant: the second runs the same command with the same challenge.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  interdict exemption code 7N6J-1REA-0Q8T-K4ZC-9M2P --days 3 --reason \"customer site\"",
      "",
      "Exit codes: 0 the code is shown, or the first step is taken; 1 no such workstation or rule,",
      "2 not understood or misread, 4 refused, 5 a key is not at hand, 6 answered already."
    })
public final class ExemptionCodeCommand implements Callable<Integer> {
  private static final int LEAST_REASON = 10;
  private static final int MOST_REASON = 500;

  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "CHALLENGE",
      description = "What the employee reads out, 20 letters and digits.")
  private String challenge = "";

  @Option(
      names = "--days",
      paramLabel = "N",
      required = true,
      description = "For how long from now, 1 to 7 days; never beyond the exemption's own end.")
  private int days;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, at most 500 characters; the employee reads it.")
  private String reason = "";

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "The account of who decides (default: your login name).")
  private @Nullable String actor;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where the challenge may be of several workstations: which.")
  private @Nullable String device;

  @Option(
      names = "--break-glass",
      paramLabel = "REASON",
      description =
          "Grant alone what needs two people, in an emergency and for 1 day at most. The reason"
              + " goes to the audit log.")
  private @Nullable String alone;

  public ExemptionCodeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var ready = folder.ready();
    var read = read();
    checkAlone();
    try (var open = OpenExemptions.of(ready, console)) {
      var about = new About(device(open, read), rule(open, read));
      var by = open.decider(actor == null ? console.user() : actor, about);
      var key = key(open, ready);
      var files = open.files(ready, console);
      var hindrance = files.hindrance();
      if (hindrance != null) {
        throw new Failure(Outcomes.code(hindrance.kind()), hindrance.reason());
      }
      var desk = new CodeDesk(open.parts().database(), open.decisions(ready, console), key);
      var call = new CodeDesk.Call(read, Duration.ofDays(days), reason, alone);
      var outcome = desk.answer(by, about, open.cases().seen(about), call);
      if (outcome instanceof CodeDesk.Outcome.NotGiven(var why)) {
        throw new Failure(Outcomes.code(why.kind()), why.reason());
      }
      // What cannot be published now is published by the running server; the code works without.
      var unpublished = files.publish(by.name());
      tell(outcome, open);
      if (unpublished != null) {
        console.warn("the exemption is not published yet: " + unpublished.reason());
      }
      return Exit.OK;
    }
  }

  private Challenge read() {
    try {
      return Challenge.read(challenge);
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, "this is no challenge: " + e.getMessage());
    }
  }

  private void checkAlone() {
    if (alone != null
        && (alone.strip().length() < LEAST_REASON
            || alone.length() > MOST_REASON
            || !Printable.of(alone).equals(alone))) {
      throw new Failure(
          Exit.USAGE,
          "--break-glass wants a reason of "
              + LEAST_REASON
              + " to "
              + MOST_REASON
              + " characters in one line");
    }
  }

  private String device(OpenExemptions open, Challenge read) {
    var all = CodeDesk.devices(open.parts().database(), read);
    var wanted = Objects.requireNonNullElse(device, "");
    var named =
        all.stream()
            .filter(one -> one.device().startsWith(wanted) || one.host().equals(wanted))
            .toList();
    return one(named, "workstation", "--device ID", Cases.Named::device).device();
  }

  private static RuleId rule(OpenExemptions open, Challenge read) {
    return one(CodeDesk.rules(open.rules(), read), "published rule", "rules", RuleId::value);
  }

  /// The one that is meant.
  private static <T> T one(List<T> found, String what, String how, Function<T, String> name) {
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new Failure(
        Exit.FOUND,
        found.isEmpty()
            ? "this challenge is of no " + what + " that this server knows"
            : "this challenge may be of any of "
                + found.stream().map(name).collect(Collectors.joining(", "))
                + "; say which: "
                + how);
  }

  private static CodeKey key(OpenExemptions open, ServerFolder ready) throws IOException {
    var key = CodeKeyFile.read(ready.keys());
    if (key == null || !open.codes().isTold(key)) {
      throw new Failure(
          Exit.TRUST,
          "devices know of no key for codes that is here ("
              + CodeKeyFile.in(ready.keys())
              + "); run: interdict exemption code-key");
    }
    return key;
  }

  private void tell(CodeDesk.Outcome outcome, OpenExemptions open) {
    switch (outcome) {
      case CodeDesk.Outcome.Given given -> given(given, open);
      case CodeDesk.Outcome.Begun(var one) -> {
        if (output.forPrograms()) {
          output.print(CaseView.json(one, open.cases()), console);
          return;
        }
        CaseView.print(one, open.cases(), console);
        console.line(
            "The first of two steps; there is no code yet. Somebody else runs the same command with"
                + " the same challenge while the employee waits.");
      }
      case CodeDesk.Outcome.NotGiven _ -> {}
    }
  }

  private void given(CodeDesk.Outcome.Given given, OpenExemptions open) {
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("code", given.code().text())
              .put("name", given.name())
              .put("until", given.until().toString())
              .put("case", CaseView.json(given.one(), open.codes().of(given.one()), open.cases()))
              .build(),
          console);
      return;
    }
    CaseView.print(given.one(), open.cases(), console);
    console.field("Code", console.bold(given.code().text()));
    console.line(
        "Read it out now; it is stored nowhere. It works once, on this workstation, for this"
            + " challenge, until "
            + Times.minutes(given.until())
            + ".");
    if (alone != null && given.one().opened().by().equals(by(given))) {
      console.warn(
          console.red("BREAK GLASS")
              + "  granted without a second person. It is in the audit log as break-glass; have"
              + " somebody look at it today.");
    }
  }

  private static @Nullable String by(CodeDesk.Outcome.Given given) {
    var decided = given.one().decided();
    return decided == null ? null : decided.by();
  }
}
