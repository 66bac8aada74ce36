package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.cli.publishing.ServerOptions.Opened;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.publish.TrustDrafting;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import java.io.IOException;

/// Publishes a change of keys and says what came of it.
final class TrustPublication {
  private TrustPublication() {}

  static void run(Inspected signed, Opened server, Console console) throws IOException {
    var drafting = new TrustDrafting(server.repository(), server.publications(), console.clock());
    try {
      var done = drafting.publish(server.actor(), signed, server.keys());
      console.line(
          "Published under root version "
              + done.root()
              + ". Workstations follow at their next contact.");
      done.moved().forEach(console::line);
    } catch (RepositoryException e) {
      throw e.family() == Family.ROLLBACK
          ? new Failure(
              Exit.CONFLICT,
              "something was published since this was drafted, draft it anew: " + e.getMessage())
          : new Failure(Exit.TRUST, "not published: " + e.getMessage());
    }
  }
}
