package dev.interdict.agent.platform.linux.session;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/// The notification service of a desktop (Desktop Notifications Specification 1.2, section 9).
///
/// Public because the D-Bus library makes a proxy of it.
@DBusInterfaceName(Notifications.NAME)
public interface Notifications extends DBusInterface {
  /// The interface and the bus name alike.
  String NAME = "org.freedesktop.Notifications";

  /// Where the service has its one object.
  String PATH = "/org/freedesktop/Notifications";

  /// What the service can do, such as `body`, `body-markup`, `actions`.
  @DBusMemberName("GetCapabilities")
  List<String> capabilities();

  /// Shows a message and gives its number.
  ///
  /// @param replaces the number of the message that gives way, or 0
  /// @param expiry in milliseconds; -1 leaves it to the service, 0 is never
  @DBusMemberName("Notify")
  UInt32 show(
      String application,
      UInt32 replaces,
      String icon,
      String summary,
      String body,
      List<String> actions,
      Map<String, Variant<?>> hints,
      int expiry);
}
