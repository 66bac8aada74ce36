package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Gate;
import dev.interdict.agent.enforce.RemovalPlan;
import java.util.ArrayList;
import java.util.List;

/// A gate that writes down what it is to bar.
final class FakeGate implements Gate {
  List<RemovalPlan> barred = List.of();
  final List<Tried> tried = new ArrayList<>();
  int releases;

  /// The most that was barred at once.
  int most;

  @Override
  public void bar(List<RemovalPlan> plans) {
    barred = List.copyOf(plans);
    most = Math.max(most, plans.size());
  }

  @Override
  public List<Tried> tried() {
    var all = List.copyOf(tried);
    tried.clear();
    return all;
  }

  @Override
  public int releases() {
    var count = releases;
    releases = 0;
    return count;
  }

  @Override
  public State state() {
    return barred.isEmpty() ? State.OPEN : State.HOLDING;
  }

  @Override
  public void close() {}
}
