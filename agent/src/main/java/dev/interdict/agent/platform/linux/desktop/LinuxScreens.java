package dev.interdict.agent.platform.linux.desktop;

import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.Screen;
import dev.interdict.agent.platform.session.TextScreen;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The screens of a person on Linux.
///
/// @param page the program and arguments that serve the person's own page
/// @param patience for the answer of a service
public record LinuxScreens(List<String> page, Duration patience, InstantSource clock) {
  public LinuxScreens {
    page = List.copyOf(page);
  }

  /// The screen that `errand` asks for.
  public Screen of(Errand errand) {
    return switch (errand.way()) {
      case DESKTOP -> new DesktopScreen(errand, page, patience, clock);
      case TERMINALS -> new TerminalsScreen(errand, Path.of("/dev"), patience, clock);
      case TEXT -> new TextScreen(errand, clock);
    };
  }
}
