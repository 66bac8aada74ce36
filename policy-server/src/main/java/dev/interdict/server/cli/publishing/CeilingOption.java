package dev.interdict.server.cli.publishing;

import dev.interdict.json.Fault;
import dev.interdict.policy.Collection;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.draft.YamlFile.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option of commands that change the most that devices may tell.
public final class CeilingOption {
  private static final String DEFAULT = "default";

  @Option(
      names = "--collection",
      paramLabel = "FILE",
      description = {
        "The most that devices may tell: a YAML or JSON file with level (states, matches or"
            + " places), host-name (true or false) and, if you like, decided-by and text (en,"
            + " zh-CN). Write default for matches with host names, which needs no statement.",
        "Agents from before this member refuse a list that states one and keep the list they hold;"
            + " update them first."
      })
  private @Nullable String file;

  /// Whether it was given.
  public boolean given() {
    return file != null;
  }

  /// What the file says; null for the default.
  ///
  /// @throws Failure if it cannot be understood
  public @Nullable Collection read() throws IOException {
    if (file == null || file.equals(DEFAULT)) {
      return null;
    }
    return switch (RuleFiles.read(List.of(Path.of(file))).getFirst()) {
      case Reading.Malformed(var finding) ->
          throw new Failure(
              Exit.REFUSED, file + ":" + finding.at() + " is not understood: " + finding.message());
      case Reading.Read(var read) -> {
        var faults = new ArrayList<Fault>();
        var collection = Collection.read(read.json(), faults);
        if (!faults.isEmpty()) {
          throw new Failure(Exit.REFUSED, file + " is not understood: " + faults.getFirst());
        }
        yield collection;
      }
    };
  }
}
