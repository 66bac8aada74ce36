package dev.interdict.testing;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Says at the end of a run, in one line each, what this machine could not test and why. Registered
/// as a service, so that every module's run has it.
public final class SkippedTests implements TestExecutionListener {
  private final SortedSet<String> lines = new ConcurrentSkipListSet<>();

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    lines.add(test.getDisplayName() + ": " + reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == Status.ABORTED) {
      var why = result.getThrowable().map(Throwable::getMessage).orElse("no reason given");
      lines.add(test.getDisplayName() + ": " + why);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    for (var line : new TreeSet<>(lines)) {
      System.out.println("skipped here: " + line.replace('\n', ' '));
    }
  }
}
