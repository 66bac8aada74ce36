package dev.interdict.agent.platform.linux.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.jspecify.annotations.Nullable;

/// Whether notices can appear on the desktop of whoever runs this process.
public enum DesktopLook {
  /// The process belongs to no graphical session.
  NO_SESSION,
  /// There is a session, but its message bus does not answer.
  NO_ANSWER,
  /// Nothing in the session shows notifications.
  NO_SERVICE,
  READY;

  private static final String UNIX = "unix:path=";

  /// Looks at the session that `environment` belongs to, without showing anything.
  public static DesktopLook at(Map<String, String> environment, Duration patience) {
    var socket = socket(environment);
    if (socket == null || !Files.exists(socket)) {
      return NO_SESSION;
    }
    try (var bus = Bus.connect(socket, patience)) {
      return bus.offered(Notifications.NAME) ? READY : NO_SERVICE;
    } catch (IOException | DBusExecutionException e) {
      return NO_ANSWER;
    }
  }

  private static @Nullable Path socket(Map<String, String> environment) {
    var address = environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").split("[,;]", 2)[0];
    if (address.startsWith(UNIX + "/") && address.indexOf('%') < 0) {
      return Path.of(address.substring(UNIX.length()));
    }
    var folder = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return folder.startsWith("/") ? Path.of(folder, "bus") : null;
  }
}
