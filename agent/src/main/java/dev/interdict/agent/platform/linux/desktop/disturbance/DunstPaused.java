package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import dev.interdict.agent.platform.linux.desktop.Bus;
import java.io.IOException;

/// Dunst holds notices back.
final class DunstPaused implements Disturbance {
  private static final Bus.Service DUNST =
      new Bus.Service(
          "org.freedesktop.Notifications",
          "/org/freedesktop/Notifications",
          "org.dunstproject.cmd0");

  @Override
  public Wish wish() {
    return Wish.DND;
  }

  @Override
  public boolean now(Session session) throws IOException {
    return Boolean.TRUE.equals(session.bus().property(DUNST, "paused"));
  }
}
