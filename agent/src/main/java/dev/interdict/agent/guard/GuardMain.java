package dev.interdict.agent.guard;

import dev.interdict.agent.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The role `interdict-agent guard`, from its arguments to its exit code.
public final class GuardMain {
  private static final int CANNOT_START = 1;
  private static final int USAGE = 2;

  private GuardMain() {}

  /// Runs the guard until it is asked to end.
  ///
  /// @return the exit code
  public static int run(List<String> arguments, Path defaultState) {
    GuardOptions options;
    try {
      options = GuardOptions.parse(arguments, defaultState);
    } catch (IllegalArgumentException e) {
      System.err.println("interdict-agent guard: " + e.getMessage());
      return USAGE;
    }
    try (var service = new Service();
        var wiring = Wiring.of(options, StateDirectory.open(options.state()), service.pulse())) {
      service.begin();
      if (options.once()) {
        wiring.guard().runOnce();
      } else {
        wiring.guard().run();
      }
      return 0;
    } catch (IOException e) {
      System.err.println("interdict-agent guard: " + e.getMessage());
      return CANNOT_START;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
