package dev.interdict.server.cli.ceremony;

import dev.interdict.identity.Printable;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.ListDifference;
import dev.interdict.server.ceremony.RuleChange;
import dev.interdict.server.ceremony.SigningDraft.Document;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraft.RuleReach;
import dev.interdict.server.ceremony.TrustDifference;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.trust.metadata.Header;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Targets;
import java.util.List;
import java.util.Objects;

/// A draft in words, for whoever is about to sign it.
final class DraftView {
  private final Inspected draft;
  private final Console console;

  DraftView(Inspected draft, Console console) {
    this.draft = draft;
    this.console = console;
  }

  /// Prints what would change.
  ///
  /// @throws Failure if this version cannot show all of it: then nobody should sign it with it
  void print() {
    var list = draft.draft().kind() == Kind.BLOCKLIST;
    console.line(
        console.bold(list ? "A change of the blocklist" : "A change of who may sign")
            + ", drafted by "
            + Printable.of(draft.draft().madeBy(), 60)
            + " at "
            + Times.minutes(draft.draft().madeAt()));
    console.field("Trust root", "root version " + draft.root().version() + ", verified");
    if (list) {
      printList();
    } else {
      printTrust();
    }
    console.blank();
    QuorumView.print(draft, console);
  }

  private void printList() {
    draft.next().forEach(this::printVersion);
    var document = Objects.requireNonNull(draft.draft().document(), "every list is shown");
    try {
      var next = Blocklist.read(document.next().bytes());
      var before = document.before() == null ? null : Blocklist.read(document.before().bytes());
      console.field("Serial", (before == null ? "none" : before.serial()) + " -> " + next.serial());
      if (before == null || !before.issuer().equals(next.issuer())) {
        console.field("Issuer", Printable.of(next.issuer()));
      }
      printRules(document);
    } catch (JsonException e) {
      throw new Failure(Exit.TRUST, "this list must not be signed: " + e.getMessage());
    }
  }

  private void printVersion(RoleName role, Targets next) {
    var old = draft.before().get(role);
    console.field(
        "Version",
        (old == null ? "none" : old.version())
            + " -> "
            + next.version()
            + ", valid until "
            + Times.minutes(next.expires())
            + dated(next.header()));
  }

  private static String dated(Header header) {
    var issued = header.issued();
    return issued == null ? "" : ", dated " + Times.minutes(issued);
  }

  private void printRules(Document document) throws JsonException {
    var changes = ListDifference.of(document.before(), document.next());
    var ceiling = ListDifference.ofCollection(document.before(), document.next());
    if (!ceiling.isEmpty()) {
      console.blank();
      console.line(console.yellow("~ changed  what devices may tell"));
      print(ceiling);
    }
    if (changes.isEmpty()) {
      console.line(
          ceiling.isEmpty()
              ? "No rule changes: the list is only signed again."
              : "No rule changes.");
    }
    for (var change : changes) {
      console.blank();
      console.line(heading(change));
      print(change.lines());
      printReach(change);
    }
  }

  private void print(List<RuleChange.Line> lines) {
    for (var line : lines) {
      console.line(
          "    %-28s %s".formatted(line.path(), line.text())
              + (line.warning().isEmpty() ? "" : "   " + console.yellow("! " + line.warning())));
    }
  }

  private String heading(RuleChange change) {
    var id = Printable.of(change.id());
    return switch (change.kind()) {
      case ADDED -> console.green("+ added    " + id) + "   " + change.title();
      case CHANGED -> console.yellow("~ changed  " + id) + "   " + change.title();
      case REMOVED ->
          console.red("- removed  " + id)
              + "   "
              + change.title()
              + "; agents give back what they quarantined";
    };
  }

  private void printReach(RuleChange change) {
    for (var reach : draft.draft().reach()) {
      if (reach.rule().equals(change.id())) {
        console.line("    %-28s %s".formatted("workstations", words(reach)));
      }
    }
  }

  private static String words(RuleReach reach) {
    var at = reach.asOf();
    return (reach.matched() == null
            ? "unknown until agents have looked for it"
            : reach.matched() + " have it now")
        + "; "
        + reach.looked()
        + " of "
        + reach.enrolled()
        + " have looked"
        + (reach.exempt() == 0 ? "" : ", " + reach.exempt() + " are exempt")
        + (reach.unreadable() == 0
            ? ""
            : ", " + reach.unreadable() + " are too old to understand it")
        + " (the server's count"
        + (at == null ? "" : " of " + Times.minutes(at))
        + ", unsigned)";
  }

  private void printTrust() {
    for (var change : TrustDifference.of(draft)) {
      console.line(console.bold(change.role()));
      change.lines().forEach(line -> console.line("    " + line));
    }
  }
}
