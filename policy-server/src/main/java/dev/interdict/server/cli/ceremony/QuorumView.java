package dev.interdict.server.cli.ceremony;

import dev.interdict.identity.Printable;
import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.Requirement;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.store.Secrets;
import dev.interdict.trust.keys.TufKey;
import java.util.List;
import java.util.stream.Collectors;

/// Who has signed a draft, and who still must.
final class QuorumView {
  private QuorumView() {}

  static void print(Inspected draft, Console console) {
    console.line(console.bold("Signatures"));
    for (var requirement : draft.requirements()) {
      var signed = requirement.signed();
      var mark = requirement.missing() == 0 ? console.green("ok") : console.yellow("--");
      console.line(
          "  "
              + mark
              + "  %-36s %d of %d"
                  .formatted(
                      Printable.of(requirement.role() + ", by the " + requirement.whose()),
                      signed.size(),
                      requirement.keys().threshold())
              + (signed.isEmpty() ? "" : ": " + ids(signed))
              + (requirement.missing() == 0
                  ? ""
                  : "; may sign: " + ids(unsigned(requirement, signed))));
    }
    for (var entry : draft.draft().next().entrySet()) {
      console.field(
          "To sign",
          Printable.of(entry.getKey().value())
              + " sha256:"
              + Secrets.hash(entry.getValue().payload()));
    }
  }

  private static List<TufKey> unsigned(Requirement requirement, List<TufKey> signed) {
    return requirement.keys().keys().stream().filter(key -> !signed.contains(key)).toList();
  }

  private static String ids(List<TufKey> keys) {
    return keys.stream()
        .map(key -> key.id().value().substring(0, 16))
        .collect(Collectors.joining(", "));
  }
}
