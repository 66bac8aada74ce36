package dev.interdict.agent.platform.linux.privilege;

/// In what the parts of the agent are kept apart less than intended on this machine.
public enum Weakness {
  /// The agent does not run as root: it works on its own user's software only, with one account.
  NOT_ROOT,
  /// This operating system has no split of the agent's parts yet: each runs with the guard's
  /// rights.
  NOT_SPLIT,
  /// `setpriv` is missing, or others than root could have replaced it: the workers run as root.
  NO_SETPRIV,
  /// The system grants no network namespace: the scan could reach the network.
  NO_NETWORK_NAMESPACE,
  /// There is no account `interdict-scan`: the scan runs as `nobody`.
  NO_SCAN_ACCOUNT,
  /// There is no account `interdict-sync`: the exchange with the server runs as `nobody`.
  NO_SYNC_ACCOUNT,
  /// The program's files are closed to other accounts: the exchange with the server runs as root.
  PROGRAM_CLOSED,
  /// Others than root could replace files of the program that root runs.
  PROGRAM_WRITABLE
}
