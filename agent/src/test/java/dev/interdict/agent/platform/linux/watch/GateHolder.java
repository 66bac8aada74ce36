package dev.interdict.agent.platform.linux.watch;

import java.nio.file.Path;
import java.util.List;

/// A process of its own that holds a gate, to be killed.
final class GateHolder {
  private GateHolder() {}

  /// Bars a package below the given root, says how the gate stands, and waits for its end.
  public static void main(String[] arguments) throws Exception {
    try (var guarded = new Guarded(Path.of(arguments[0]));
        var gate = new LinuxGate(guarded.sandbox.root(), guarded.processes, () -> {})) {
      gate.bar(List.of(guarded.plan()));
      System.out.println(gate.state());
      while (System.in.read() >= 0) {}
    }
  }
}
