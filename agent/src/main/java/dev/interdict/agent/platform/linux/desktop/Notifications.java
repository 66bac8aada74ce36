package dev.interdict.agent.platform.linux.desktop;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
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

  /// Takes a message away.
  @DBusMemberName("CloseNotification")
  void close(UInt32 id);

  /// The person chose an action of a message.
  @DBusMemberName("ActionInvoked")
  final class Invoked extends DBusSignal {
    /// The message's number.
    public final UInt32 id;

    /// The action's key.
    public final String key;

    public Invoked(String path, UInt32 id, String key) throws DBusException {
      super(path, id, key);
      this.id = id;
      this.key = key;
    }
  }

  /// A message is gone.
  @DBusMemberName("NotificationClosed")
  final class Closed extends DBusSignal {
    /// [#reason] where the person dismissed it.
    public static final long DISMISSED = 2;

    /// The message's number.
    public final UInt32 id;

    /// Why: expired (1), dismissed by the person (2), taken away by a call (3), undefined (4).
    public final UInt32 reason;

    public Closed(String path, UInt32 id, UInt32 reason) throws DBusException {
      super(path, id, reason);
      this.id = id;
      this.reason = reason;
    }
  }
}
