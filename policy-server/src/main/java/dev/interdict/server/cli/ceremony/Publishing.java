package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.Inspection;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.trust.metadata.RepositoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine.Parameters;

/// The drafts that `publish` and `withdraw` of `blocklist` and `root` take.
final class Publishing {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The draft, or copies of it that were signed apart.")
  private List<Path> files = List.of();

  /// The draft with all signatures, verified by the server's own trust root, enough of them.
  Inspected complete(Kind kind, String pin, Console console) throws IOException {
    var inspected = inspected(kind, pin, console);
    if (!inspected.complete()) {
      QuorumView.print(inspected, console);
      throw new Failure(Exit.TRUST, "not published: signatures are missing");
    }
    return inspected;
  }

  /// The same, however many signatures there are.
  Inspected inspected(Kind kind, String pin, Console console) throws IOException {
    var copies = new LinkedHashMap<String, SigningDraft>();
    for (var file : files) {
      var draft = SigningDraftFile.read(file);
      TrustOptions.require(kind, draft);
      copies.put(file.toString(), draft);
    }
    return joined(copies, pin, console);
  }

  private static Inspected joined(
      SequencedMap<String, SigningDraft> copies, String pin, Console console) {
    try {
      return Inspection.joined(copies, pin, console.clock().instant());
    } catch (RepositoryException e) {
      throw TrustOptions.unfit(e);
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.CONFLICT, String.valueOf(e.getMessage()));
    }
  }
}
