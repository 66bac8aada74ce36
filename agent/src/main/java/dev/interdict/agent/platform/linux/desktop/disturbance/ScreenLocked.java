package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import dev.interdict.agent.platform.linux.desktop.Bus;
import java.io.IOException;
import java.util.List;

/// The screen is locked or saved: somebody is logged in and nobody is looking, so that nothing that
/// appears there was shown to anybody. The interface of the Idle Inhibition Service Draft, by which
/// KDE Plasma answers, and its copies in GNOME, Cinnamon, MATE and Xfce.
final class ScreenLocked implements Disturbance {
  private static final List<Bus.Service> SAVERS =
      List.of(
          Bus.Service.of("org.freedesktop.ScreenSaver"),
          Bus.Service.of("org.gnome.ScreenSaver"),
          Bus.Service.of("org.cinnamon.ScreenSaver"),
          Bus.Service.of("org.mate.ScreenSaver"),
          Bus.Service.of("org.xfce.ScreenSaver"));

  @Override
  public Wish wish() {
    return Wish.LOCKED;
  }

  @Override
  public boolean now(Session session) throws IOException {
    for (var saver : SAVERS) {
      if (Boolean.TRUE.equals(session.bus().ask(saver, "GetActive", null))) {
        return true;
      }
    }
    return false;
  }
}
