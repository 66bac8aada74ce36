package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/// The signed drafts that `blocklist publish` and `root publish` take.
final class Publishing {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The signed draft, or copies of it that were signed apart.")
  private List<Path> files = List.of();

  /// The draft with all signatures, verified by the server's own trust root, enough of them.
  Inspected complete(Kind kind, String pin, Console console) throws IOException {
    var inspected = TrustOptions.inspect(joined(kind, pin, console), kind, pin, console);
    if (!inspected.complete()) {
      QuorumView.print(inspected, console);
      throw new Failure(Exit.TRUST, "not published: signatures are missing");
    }
    return inspected;
  }

  private SigningDraft joined(Kind kind, String pin, Console console) throws IOException {
    var draft = valid(files.getFirst(), kind, pin, console);
    for (var file : files.subList(1, files.size())) {
      try {
        draft = draft.joined(valid(file, kind, pin, console));
      } catch (IllegalArgumentException e) {
        throw new Failure(Exit.CONFLICT, files.getFirst() + " and " + file + ": " + e.getMessage());
      }
    }
    return draft;
  }

  private static SigningDraft valid(Path file, Kind kind, String pin, Console console)
      throws IOException {
    return TrustOptions.inspect(SigningDraftFile.read(file), kind, pin, console).valid();
  }
}
