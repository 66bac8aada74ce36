package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import dev.interdict.agent.platform.linux.desktop.Bus;
import java.io.IOException;

/// A program keeps the desktop from saving power, as one does that presents or plays a film: KDE
/// Plasma, Xfce and others.
final class PowerInhibited implements Disturbance {
  private static final Bus.Service INHIBIT =
      new Bus.Service(
          "org.freedesktop.PowerManagement",
          "/org/freedesktop/PowerManagement/Inhibit",
          "org.freedesktop.PowerManagement.Inhibit");

  @Override
  public Wish wish() {
    return Wish.PRESENTING;
  }

  @Override
  public boolean now(Session session) throws IOException {
    return Boolean.TRUE.equals(session.bus().ask(INHIBIT, "HasInhibit", null));
  }
}
