package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.cli.publishing.ServerOptions.Opened;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.publish.TrustDrafting;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/// Makes the draft of a change of keys, on the server.
final class TrustDraftFile {
  private TrustDraftFile() {}

  /// How the plan of now is to change.
  @FunctionalInterface
  interface Change {
    TrustPlan of(TrustPlan now) throws IOException;
  }

  /// Says who comes next, where others must sign.
  static void handOut(Path out, Console console) {
    console.line(
        "Drafted in "
            + out
            + ". Take it to each signer: interdict root sign "
            + out.getFileName()
            + " --key …");
    console.line("Once enough have signed, here: interdict root publish " + out.getFileName());
  }

  /// Drafts the change into a new file.
  static Inspected write(
      Path out, Opened server, Change change, Set<RoleName> renewed, Console console)
      throws IOException {
    PrivateFile.refuseExisting(out);
    try {
      var drafting = new TrustDrafting(server.repository(), server.publications(), console.clock());
      var plan = change.of(drafting.now());
      var draft = drafting.draft(server.actor(), plan, renewed);
      if (draft.next().isEmpty()) {
        throw new Failure(Exit.USAGE, "nothing would change");
      }
      SigningDraftFile.write(out, draft);
      return TrustOptions.inspect(draft, Kind.TRUST, server.pin(), console);
    } catch (RepositoryException e) {
      throw new Failure(Exit.TRUST, "nothing was drafted: " + e.getMessage());
    }
  }
}
