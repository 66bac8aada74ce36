package dev.interdict.agent.guard;

import dev.interdict.agent.decide.Explaining;
import dev.interdict.agent.decide.Verdict;
import dev.interdict.agent.report.Reporting;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where the guard posts how things stand, for the people of this machine. Thread-safe: the loop
/// writes, the socket reads, and a restore waits for the cycle that is running.
public final class Board {
  private final ReentrantLock cycle = new ReentrantLock();
  private final java.util.concurrent.locks.Condition wake = cycle.newCondition();
  private volatile Posted posted = new Posted(null, false, Instant.EPOCH);

  /// How things stood after the last cycle.
  ///
  /// @param standing null before the first
  public record Posted(Cycle.@Nullable Standing standing, boolean reached, Instant at) {}

  /// Something that runs while no cycle does.
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /// Runs `work` while nothing else runs under this board.
  public <T> T during(Work<T> work) throws IOException {
    cycle.lock();
    try {
      return work.run();
    } finally {
      cycle.unlock();
    }
  }

  void post(Cycle.Standing standing, boolean reached, Instant now) {
    posted = new Posted(standing, reached, now);
  }

  /// The last posting.
  public Posted posted() {
    return posted;
  }

  /// Sleeps for `time`, or until [#wake].
  void waitFor(Duration time) throws InterruptedException {
    cycle.lockInterruptibly();
    try {
      wake.awaitNanos(time.toNanos());
    } finally {
      cycle.unlock();
    }
  }

  /// Makes the next cycle begin now.
  public void wake() {
    cycle.lock();
    try {
      wake.signalAll();
    } finally {
      cycle.unlock();
    }
  }

  /// How things stand, as the person with `uid` may see it: findings in other people's homes are
  /// left out, unless the asker is root or runs the agent.
  ///
  /// @param all whether everything may be seen
  public Json status(int uid, boolean all) {
    var last = posted;
    var standing = last.standing();
    var json =
        Json.object()
            .put("as-of", last.at().toString())
            .put("server-reached", last.reached())
            .put("scanned", standing != null && standing.inventory() != null);
    if (standing == null) {
      return json.build();
    }
    var policy = standing.policy();
    json.put("issuer", policy.blocklist().issuer())
        .put("serial", policy.blocklist().serial())
        .put("age", Fields.written(policy.age()))
        .put("gaps", standing.inventory() == null ? 0 : standing.inventory().gaps().size());
    var rules = new ArrayList<Json>();
    for (var one : standing.judged()) {
      rules.add(rule(one, uid, all, last.at()));
    }
    return json.put("rules", rules).build();
  }

  private static Json rule(Judged judged, int uid, boolean all, Instant now) {
    var rule = judged.rule();
    var findings = new ArrayList<Json>();
    for (var finding : judged.findings()) {
      var owner = finding.item().owner();
      if (all || owner == null || owner.uid() == uid) {
        findings.add(
            Json.object()
                .put("source", finding.item().source())
                .put("identity", Reporting.identity(finding.item().identity()))
                .put("version", finding.item().version())
                .put("location", Reporting.place(finding.item()))
                .put("user", owner == null ? null : owner.user())
                .put("strength", Fields.written(finding.strength()))
                .put("running", finding.running().size())
                .build());
      }
    }
    return Json.object()
        .put("id", rule.id().value())
        .put("name", rule.tool().name())
        .put("replacement", rule.tool().replacement().name())
        .put("replacement-url", rule.tool().replacement().url())
        .put(
            "reason",
            Json.object()
                .put("en", rule.tool().reason().en())
                .put("zh-CN", rule.tool().reason().zhCn())
                .build())
        .put("enforcement", Fields.written(rule.enforcement()))
        .put("zone", rule.timeline().zone().getId())
        .put("verdict", verdict(judged.verdict(), now))
        .put("findings", findings)
        .build();
  }

  private static @Nullable Json verdict(@Nullable Verdict verdict, Instant now) {
    return verdict == null ? null : Explaining.json(verdict, now);
  }
}
