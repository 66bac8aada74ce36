package dev.interdict.agent.platform.linux.desktop;

import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;

/// Services of desktops that are not on this machine, which answer as the real ones do.
public final class FakeServices {
  private FakeServices() {}

  /// GNOME's session manager.
  @DBusInterfaceName("org.gnome.SessionManager")
  public interface SessionManager extends DBusInterface {
    @DBusMemberName("IsInhibited")
    boolean inhibited(UInt32 what);
  }

  /// What holds power saving back.
  @DBusInterfaceName("org.freedesktop.PowerManagement.Inhibit")
  public interface Inhibit extends DBusInterface {
    @DBusMemberName("HasInhibit")
    boolean inhibited();
  }

  /// @param flags of what is inhibited
  record Gnome(long flags) implements SessionManager {
    @Override
    public boolean inhibited(UInt32 what) {
      return (what.longValue() & flags) != 0;
    }

    @Override
    public String getObjectPath() {
      return "/org/gnome/SessionManager";
    }
  }

  /// GNOME's lock.
  @DBusInterfaceName("org.gnome.ScreenSaver")
  public interface ScreenSaver extends DBusInterface {
    @DBusMemberName("GetActive")
    boolean active();
  }

  record Locked() implements ScreenSaver {
    @Override
    public boolean active() {
      return true;
    }

    @Override
    public String getObjectPath() {
      return "/org/gnome/ScreenSaver";
    }
  }

  record Power() implements Inhibit {
    @Override
    public boolean inhibited() {
      return true;
    }

    @Override
    public String getObjectPath() {
      return "/org/freedesktop/PowerManagement/Inhibit";
    }
  }
}
