package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import dev.interdict.agent.platform.linux.desktop.Bus;
import java.io.IOException;
import org.freedesktop.dbus.types.UInt32;

/// A program keeps GNOME from going idle, as one does that presents or plays a film.
final class GnomeInhibited implements Disturbance {
  private static final Bus.Service MANAGER = Bus.Service.of("org.gnome.SessionManager");
  private static final UInt32 IDLE = new UInt32(8);

  @Override
  public Wish wish() {
    return Wish.PRESENTING;
  }

  @Override
  public boolean now(Session session) throws IOException {
    return Boolean.TRUE.equals(session.bus().ask(MANAGER, "IsInhibited", "u", IDLE));
  }
}
