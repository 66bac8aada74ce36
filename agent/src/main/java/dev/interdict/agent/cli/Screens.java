package dev.interdict.agent.cli;

import dev.interdict.agent.platform.linux.desktop.LinuxScreens;
import dev.interdict.agent.platform.macos.session.AppleScriptScreen;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.Screen;
import dev.interdict.agent.platform.session.TextScreen;
import dev.interdict.agent.platform.windows.session.ToastScreen;
import dev.interdict.agent.state.ThisDevice;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The screens of the system that this process runs on.
///
/// @param page the program and arguments that serve the person's own page
/// @param limit for a session to answer
record Screens(List<String> page, Duration limit) {

  /// The screen that `errand` asks for.
  Screen of(Errand errand) {
    var clock = InstantSource.system();
    if (errand.way() == Errand.Way.TEXT) {
      return new TextScreen(errand, clock);
    }
    return switch (ThisDevice.system()) {
      case LINUX -> new LinuxScreens(page, limit, clock).of(errand);
      case MACOS -> new AppleScriptScreen(errand, limit, clock);
      case WINDOWS -> new ToastScreen(errand, limit, clock);
    };
  }
}
