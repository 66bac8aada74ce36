package dev.interdict.agent.platform.windows.installers;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.platform.Command;
import dev.interdict.report.ErrorClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Removes products of Windows Installer that are installed for the machine, by product code alone.
///
/// Never one that is installed for a user only: its package is the user's to write, and would run
/// as SYSTEM. Never a repair, which users can bring about and bend. Nothing that a program recorded
/// as its command to uninstall is read.
///
/// Spec: "Command-Line Options" and "Error Codes", Windows Installer.
///
/// @param program the absolute path of `msiexec.exe`
public record Msi(Path program, Records records) {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int MOST_OUTPUT = 64 << 10;

  /// What Windows Installer itself says of a product. Seam.
  @FunctionalInterface
  public interface Records {
    /// Whether it is installed for the machine.
    boolean machineWide(ProductCode product);
  }

  /// Removes an item whose record is that of a product for the machine.
  ///
  /// @return empty for what Windows Installer did not install
  public Optional<Outcome> remove(Item item) {
    if (!(item.identity() instanceof Identity.OfApplication(var platform, var id))
        || !platform.equals("windows-uninstall")) {
      return Optional.empty();
    }
    return ProductCode.parse(id).map(product -> remove(item, product));
  }

  private Outcome remove(Item item, ProductCode product) {
    if (item.owner() != null) {
      return new Outcome.Refused(
          Refusal.FOREIGN_OWNER, "installed for a user only, whose package may not run as SYSTEM");
    }
    if (!records.machineWide(product)) {
      return new Outcome.Refused(
          Refusal.CHANGED, "Windows Installer knows no such product for the machine");
    }
    return outcome(Command.of(program, arguments(product), LIMIT).run(new byte[0], MOST_OUTPUT));
  }

  /// Uninstall, without a window, without a restart.
  static List<String> arguments(ProductCode product) {
    return List.of("/x", product.text(), "/qn", "/norestart");
  }

  static Outcome outcome(Command.Outcome answer) {
    return switch (answer) {
      case Command.Outcome.Exited(var code, var _, var _) -> outcome(code);
      case Command.Outcome.NotStarted(var message) ->
          new Outcome.Failed(ErrorClass.PACKAGE_MANAGER_ERROR, "msiexec: " + message);
      case Command.Outcome.TimedOut() ->
          new Outcome.Failed(ErrorClass.TIMEOUT, "msiexec took longer than " + LIMIT);
      case Command.Outcome.TooMuchOutput() ->
          new Outcome.Failed(ErrorClass.PACKAGE_MANAGER_ERROR, "msiexec wrote too much");
    };
  }

  private static Outcome outcome(int code) {
    return switch (code) {
      // Done; done and started or needs a restart.
      case 0, 1641, 3010 -> new Outcome.Done();
      // Not installed.
      case 1605, 1614 -> new Outcome.AlreadyDone();
      // Another installation is at work: tried again later.
      case 1618 -> new Outcome.Failed(ErrorClass.FILE_IN_USE, "another installation is at work");
      case 1625, 1602 -> new Outcome.Failed(ErrorClass.ACCESS_DENIED, "msiexec ended with " + code);
      default -> new Outcome.Failed(ErrorClass.PACKAGE_MANAGER_ERROR, "msiexec ended with " + code);
    };
  }
}
