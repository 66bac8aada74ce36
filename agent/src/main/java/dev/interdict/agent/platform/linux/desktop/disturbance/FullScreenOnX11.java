package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The active window fills an X11 screen, as its window manager says (EWMH). It is read by `xprop`;
/// without that program, and on Wayland, a full screen is not noticed.
final class FullScreenOnX11 implements Disturbance {
  private static final Path XPROP = Path.of("/usr/bin/xprop");
  private static final Pattern ACTIVE =
      Pattern.compile("_NET_ACTIVE_WINDOW\\(WINDOW\\): window id # (0x[0-9a-f]{1,8})");

  @Override
  public Wish wish() {
    return Wish.FULL_SCREEN;
  }

  @Override
  public boolean now(Session session) {
    if (session.environment().getOrDefault("DISPLAY", "").isEmpty()) {
      return false;
    }
    var active = ACTIVE.matcher(xprop(session, List.of("-root", "_NET_ACTIVE_WINDOW")));
    return active.find()
        && xprop(session, List.of("-id", active.group(1), "_NET_WM_STATE"))
            .contains("_NET_WM_STATE_FULLSCREEN");
  }

  private static String xprop(Session session, List<String> arguments) {
    return Asking.program(XPROP, arguments, session.environment());
  }
}
