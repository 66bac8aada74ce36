package dev.interdict.agent.platform.linux.desktop;

import dev.interdict.policy.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the system knows of a person's language by its accounts service (AccountsService).
final class Accounts {
  private static final Path SYSTEM_BUS = Path.of("/run/dbus/system_bus_socket");
  private static final String NAME = "org.freedesktop.Accounts";

  private Accounts() {}

  /// The language that the account of `uid` was given at its login screen or in its settings.
  static Optional<Language> language(int uid) {
    if (!Files.exists(SYSTEM_BUS)) {
      return Optional.empty();
    }
    try (var bus = Bus.connect(SYSTEM_BUS, Duration.ofSeconds(2))) {
      var account = new Bus.Service(NAME, "/org/freedesktop/Accounts/User" + uid, NAME + ".User");
      return bus.property(account, "Language") instanceof String locale
          ? SessionEnvironment.language(locale)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
