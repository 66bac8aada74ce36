package dev.interdict.agent.enforce;

import dev.interdict.policy.RuleId;
import java.util.List;

/// Keeps banned programs from being started while they are still there: removal is pending, has
/// failed or was refused. Seam: one implementation per operating system, hand-written fakes in
/// tests.
///
/// It bars what a plan names and nothing else, never what the protected list names, and where it
/// cannot decide it lets through.
public interface Gate extends AutoCloseable {

  /// How it stands.
  enum State {
    /// Nothing is barred, or not all that should be.
    OPEN,
    /// The kernel asks before each start of anything that is barred.
    HOLDING,
    /// Programs are stopped soon after they start; the system lets us do no more.
    FOLLOWING
  }

  /// What happened at the gate since it was last asked.
  ///
  /// @param prevented starts, or readings of what an interpreter would run, that were denied
  /// @param stopped programs that were ended just after they had started
  record Tried(RuleId rule, String item, int prevented, int stopped) {}

  /// Bars exactly what these plans name, from now on; everything that was barred before and is not
  /// among it is free again.
  void bar(List<RemovalPlan> plans);

  /// What was tried since this was last asked.
  List<Tried> tried();

  /// How often everybody was let through, since an answer was late, since this was last asked.
  int releases();

  State state();

  @Override
  void close();
}
