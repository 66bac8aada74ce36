package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import java.nio.file.Path;
import java.util.List;

/// Do Not Disturb of GNOME: its shell shows no banners. The setting can be read by its own program
/// only, and means nothing on another desktop.
final class GnomeBannersOff implements Disturbance {
  private static final Path SETTINGS = Path.of("/usr/bin/gsettings");

  @Override
  public Wish wish() {
    return Wish.DND;
  }

  @Override
  public boolean now(Session session) {
    return session.environment().getOrDefault("XDG_CURRENT_DESKTOP", "").contains("GNOME")
        && Asking.program(
                SETTINGS,
                List.of("get", "org.gnome.desktop.notifications", "show-banners"),
                session.environment())
            .strip()
            .equals("false");
  }
}
