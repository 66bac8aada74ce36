package dev.interdict.agent.cli;

import dev.interdict.policy.Language;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;

/// The program with every command in it, for what is written about it: manual pages, completion.
/// Nothing of it is run.
public final class Reference {
  private Reference() {}

  /// `interdict-agent` with the commands that a person types.
  public static CommandSpec program() {
    var nowhere = new PrintWriter(Writer.nullWriter());
    var now = InstantSource.system();
    var scan =
        new ScanCommand(
            new Scanning(
                Machines::open,
                OutputStream.nullOutputStream(),
                new ProgressLine(nowhere, false, now),
                now,
                UUID::randomUUID));
    return Commands.line(new String[0], scan, nowhere, nowhere, Words.in(Language.EN))
        .getCommandSpec();
  }

  /// What the roles that read their arguments themselves say of those, by the role's name.
  public static SortedMap<String, String> roles() {
    return new TreeMap<>(
        Map.of(
            "guard", HelpText.ofRole("guard", Language.EN),
            "page", HelpText.ofRole("page", Language.EN)));
  }
}
