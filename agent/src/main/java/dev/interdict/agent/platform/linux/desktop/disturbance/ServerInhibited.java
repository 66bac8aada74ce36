package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import dev.interdict.agent.platform.linux.desktop.Bus;
import java.io.IOException;

/// The notification service itself holds notices back: the property `Inhibited`, which KDE Plasma
/// has.
final class ServerInhibited implements Disturbance {
  private static final Bus.Service SERVICE = Bus.Service.of("org.freedesktop.Notifications");

  @Override
  public Wish wish() {
    return Wish.DND;
  }

  @Override
  public boolean now(Session session) throws IOException {
    return Boolean.TRUE.equals(session.bus().property(SERVICE, "Inhibited"));
  }
}
