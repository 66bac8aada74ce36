package dev.interdict.server.cli.failure;

import dev.interdict.server.access.Role;
import dev.interdict.server.cli.setup.Acting;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.failures.FailureDesk;
import dev.interdict.server.failures.FailureQueue;
import dev.interdict.server.failures.FailureRow;
import dev.interdict.server.main.Parts;
import dev.interdict.server.wording.Sentence;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The options of commands that do something about one failure, and what they have in common.
final class FailureOptions {
  private static final Set<Role> HANDS = Set.of(Role.HELPDESK, Role.APPROVER);

  @Mixin private ServerDirOption folder = new ServerDirOption();

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      description = "The workstation's id, at least 6 digits of it, or its host name.")
  private String device = "";

  @Parameters(index = "1", paramLabel = "RULE", description = "The rule's id.")
  private String rule = "";

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "The account of who does it (default: your login name).")
  private @Nullable String actor;

  /// What is done; returns why it was not, or null.
  @FunctionalInterface
  interface Deed {
    @Nullable Sentence run(Parts parts, FailureDesk desk, String who, FailureRow failure);
  }

  int run(Console console, Deed deed) {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var who = actor == null ? console.user() : actor;
      var found = OpenServer.device(parts, device).device();
      if (Collections.disjoint(Acting.onDevice(parts, who, found).roles(), HANDS)) {
        throw new Failure(
            Exit.REFUSED, "\"" + who + "\" has neither the role helpdesk nor approver");
      }
      var failure = failure(parts, device, rule);
      var desk = new FailureDesk(parts.database(), parts.audit(), parts.clock());
      var refused = deed.run(parts, desk, who, failure);
      if (refused != null) {
        throw new Failure(Exit.REFUSED, refused.text());
      }
      FailureView.print(
          failure(parts, failure.device(), rule), new FailureQueue(parts.database()), console);
      return Exit.OK;
    }
  }

  static FailureRow failure(Parts parts, String text, String rule) {
    var device = OpenServer.device(parts, text);
    var failure = new FailureQueue(parts.database()).find(device.device(), rule);
    if (failure == null) {
      throw new Failure(
          Exit.FOUND,
          "removal of \""
              + rule
              + "\" has not failed on "
              + device.host()
              + "; see interdict failures list");
    }
    return failure;
  }
}
