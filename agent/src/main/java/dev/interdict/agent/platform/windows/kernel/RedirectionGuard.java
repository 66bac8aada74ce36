package dev.interdict.agent.platform.windows.kernel;

/// Makes Windows refuse, in this process, every junction that a user without administrator's rights
/// made: a second wall behind acts by handle. Windows 11, and 10 from 22H2; child processes do not
/// inherit it.
///
/// Spec: SetProcessMitigationPolicy, PROCESS_MITIGATION_REDIRECTION_TRUST_POLICY.
public final class RedirectionGuard {
  private static final int REDIRECTION_TRUST = 16;
  private static final int ENFORCE = 1;

  private RedirectionGuard() {}

  /// Turns it on for as long as this process lives.
  ///
  /// @return whether it is on; false where this Windows has no such thing
  public static boolean turnOn() {
    var set = Kernel32.SetProcessMitigationPolicy(REDIRECTION_TRUST, new int[] {ENFORCE}, 4) != 0;
    return set && isOn();
  }

  /// What Windows says of this process.
  public static boolean isOn() {
    var flags = new int[1];
    var known =
        Kernel32.GetProcessMitigationPolicy(
                Kernel32.GetCurrentProcess(), REDIRECTION_TRUST, flags, 4)
            != 0;
    return known && (flags[0] & ENFORCE) != 0;
  }
}
