package dev.interdict.server.cli.proposal;

import dev.interdict.server.cli.setup.Acting;
import dev.interdict.server.main.Parts;
import dev.interdict.server.review.Person;
import java.util.Set;
import picocli.CommandLine.Option;

/// The option by which a command does nothing yet, and asks for a second person.
public final class Proposing {
  @Option(
      names = "--propose",
      description =
          "Do nothing yet: write it down for another person to agree to (role author or"
              + " approver), who does so with interdict proposal agree.")
  private boolean asked;

  public boolean asked() {
    return asked;
  }

  /// The person of that account.
  public Person person(Parts parts, String name) {
    var account = Acting.onFleet(parts, name);
    return new Person(account.name(), account.roles());
  }

  /// The person of that account; without one that sees the whole fleet, somebody who has no role.
  public static Person known(Parts parts, String name) {
    return parts.accounts().list().stream()
        .filter(account ->
            account.name().equals(name)
                && account.disabledAt() == null
                && account.scope().isWhole())
        .findFirst()
        .map(account -> new Person(account.name(), account.roles()))
        .orElseGet(() -> new Person(name, Set.of()));
  }
}
