package dev.interdict.agent.platform.linux.kernel;

/// Lets tests of other packages stand between the agent and the kernel. Not for tests that run
/// beside others in one process.
public final class Faults {
  private Faults() {}

  /// Decides on each call.
  public interface Decision {
    /// @return what the call ends with instead of being made; OTHER to make it
    Errno on(String call);
  }

  /// From now on, until [#none].
  public static void decide(Decision decision) {
    Kernel.fault =
        call -> {
          var errno = decision.on(call);
          return errno == Errno.OTHER ? 0 : errno.number();
        };
  }

  public static void none() {
    Kernel.fault = null;
  }
}
