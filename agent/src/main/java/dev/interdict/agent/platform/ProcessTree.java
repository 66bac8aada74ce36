package dev.interdict.agent.platform;

import java.util.List;

/// Ends a process that we started, with everything below it.
final class ProcessTree {
  /// Each round catches what was started while the one before was killing.
  private static final int ROUNDS = 5;

  private ProcessTree() {}

  /// Kills the children first: once their parent is gone nothing tells that they were ours.
  static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    for (var round = 0; round < ROUNDS && !children.isEmpty(); round++) {
      children.forEach(ProcessHandle::destroyForcibly);
      children = process.descendants().filter(ProcessHandle::isAlive).toList();
    }
    process.destroyForcibly();
  }
}
