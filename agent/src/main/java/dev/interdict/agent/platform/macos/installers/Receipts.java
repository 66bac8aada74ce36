package dev.interdict.agent.platform.macos.installers;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.platform.Command;
import dev.interdict.policy.Residue;
import dev.interdict.report.ErrorClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Has the package system forget the receipt of a package that is gone.
///
/// The bill of materials beside a receipt is no list of what to remove: a package names any path it
/// likes there, those of the system and of others included. What goes is what a source found by its
/// own identity, a bundle by its identifier; the receipt follows.
///
/// Spec: pkgutil(1).
///
/// @param program the absolute path of `pkgutil`
public record Receipts(Path program) {
  private static final String PLACE = "var/db/receipts/";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MOST_OUTPUT = 64 << 10;

  /// Forgets the receipt that an item is.
  ///
  /// @return empty for what is no receipt
  public Optional<Outcome> remove(Item item) {
    if (!(item.identity() instanceof Identity.OfResidue(var kind, var id))
        || kind != Residue.DATA
        || item.owner() != null
        || !id.startsWith(PLACE)) {
      return Optional.empty();
    }
    var name = PlainName.parse(id.substring(PLACE.length()));
    if (name.isEmpty() || name.get().text().startsWith("com.apple.")) {
      return Optional.of(
          new Outcome.Refused(
              Refusal.PROTECTED, "no identifier of a package that may be forgotten"));
    }
    var command = Command.of(program, List.of("--forget", name.get().text()), LIMIT);
    return Optional.of(outcome(command.run(new byte[0], MOST_OUTPUT)));
  }

  static Outcome outcome(Command.Outcome answer) {
    return switch (answer) {
      case Command.Outcome.Exited(var code, var _, var _) when code == 0 -> new Outcome.Done();
      case Command.Outcome.Exited(var code, var _, var _) ->
          new Outcome.Failed(ErrorClass.PACKAGE_MANAGER_ERROR, "pkgutil ended with " + code);
      case Command.Outcome.NotStarted(var message) ->
          new Outcome.Failed(ErrorClass.PACKAGE_MANAGER_ERROR, "pkgutil: " + message);
      case Command.Outcome.TimedOut() ->
          new Outcome.Failed(ErrorClass.TIMEOUT, "pkgutil took longer than " + LIMIT);
      case Command.Outcome.TooMuchOutput() ->
          new Outcome.Failed(ErrorClass.PACKAGE_MANAGER_ERROR, "pkgutil wrote too much");
    };
  }
}
