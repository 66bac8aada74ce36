package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import dev.interdict.agent.platform.linux.desktop.Bus;
import java.io.IOException;

/// Do Not Disturb of Xfce's notification service, by Xfce's settings service.
final class XfceQuiet implements Disturbance {
  private static final Bus.Service SETTINGS =
      new Bus.Service("org.xfce.Xfconf", "/org/xfce/Xfconf", "org.xfce.Xfconf");

  @Override
  public Wish wish() {
    return Wish.DND;
  }

  @Override
  public boolean now(Session session) throws IOException {
    var set = session.bus().ask(SETTINGS, "GetProperty", "ss", "xfce4-notifyd", "/do-not-disturb");
    return Boolean.TRUE.equals(set);
  }
}
