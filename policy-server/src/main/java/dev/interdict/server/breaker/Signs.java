package dev.interdict.server.breaker;

import dev.interdict.decide.Rings;
import dev.interdict.policy.Rule;
import dev.interdict.server.breaker.Thresholds.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What workstations report of one rule, counted by different workstations: each has one row, so
/// that whoever tells the same again and again, or the same report twice, counts once. Times are
/// those of this server. Used once.
final class Signs {
  private static final Duration DAY = Duration.ofDays(1);

  private final Handle handle;
  private final Rule rule;
  private final Threshold most;
  private final Instant now;
  private final Instant from;

  /// @param from what is older does not count, however wide the window is
  Signs(Handle handle, Rule rule, Threshold most, Instant now, Instant from) {
    this.handle = handle;
    this.rule = rule;
    this.most = most;
    this.now = now;
    this.from = from;
  }

  /// Why a rule is to be held.
  record Sign(Cause cause, String words) {}

  /// The first reason there is.
  Optional<Sign> first() {
    return Optional.ofNullable(failures())
        .or(() -> Optional.ofNullable(disputes()))
        .or(() -> Optional.ofNullable(matches()));
  }

  private Instant since(Duration window) {
    var since = now.minus(window);
    return since.isAfter(from) ? since : from;
  }

  /// Counts where removal began to fail within the window. A person who lets go takes what failed
  /// until then for mended: where it was failing and fails once more, it counts again.
  private @Nullable Sign failures() {
    var put = new PutInto(handle);
    var failed = new HashMap<String, Long>();
    var tried = new TreeMap<String, Long>();
    handle
        .createQuery(
            "select s.device_id, s.state, d.ring from rule_state s join device d on d.device_id ="
                + " s.device_id where s.rule_id = :rule and s.state in ('failed', 'removed') and"
                + " (s.since > :since or s.state = 'failed' and s.since <= :from and s.failed_at >"
                + " :since) and d.standing = 'active'")
        .bind("rule", rule.id().value())
        .bind("since", since(most.window()).toEpochMilli())
        .bind("from", from.toEpochMilli())
        .map((row, _) -> {
          var ring = Rings.nameOf(rule, row.getString("device_id")).orElse("everyone");
          put.add(row.getString("ring"), row.getString("state").equals("failed"));
          if (row.getString("state").equals("failed")) {
            failed.merge(ring, 1L, Long::sum);
          }
          return tried.merge(ring, 1L, Long::sum);
        })
        .list();
    var all = failed.values().stream().mapToLong(Long::longValue).sum();
    if (all > most.failures()) {
      return new Sign(
          Cause.FAILURES,
          "removal failed on %d workstations within %s, more than %d"
              .formatted(all, most.window(), most.failures()));
    }
    for (var ring : tried.entrySet()) {
      var sign = rate(failed, ring.getKey(), ring.getValue());
      if (sign != null) {
        return sign;
      }
    }
    return put.beyond(most.floor())
        .map(words -> new Sign(Cause.FAILURE_RATE, words + " within " + most.window()))
        .orElse(null);
  }

  private @Nullable Sign rate(Map<String, Long> failed, String ring, long tried) {
    var n = failed.getOrDefault(ring, 0L);
    return n >= most.floor() && n * 100 > most.percent() * tried
        ? new Sign(
            Cause.FAILURE_RATE,
            "removal failed on %d of %d workstations of ring %s within %s, more than %d %%"
                .formatted(n, tried, ring, most.window(), most.percent()))
        : null;
  }

  private @Nullable Sign disputes() {
    var disputes =
        handle
            .createQuery(
                "select count(distinct a.device_id) from answer a join device d on d.device_id ="
                    + " a.device_id where a.rule_id = :rule and a.kind = 'not-that-tool' and"
                    + " a.heard_at > :since and d.standing = 'active'")
            .bind("rule", rule.id().value())
            .bind("since", since(DAY).toEpochMilli())
            .mapTo(Long.class)
            .one();
    return disputes > most.disputes()
        ? new Sign(
            Cause.NOT_THAT_TOOL,
            "on %d workstations people say \"not that tool\" within a day, more than %d"
                .formatted(disputes, most.disputes()))
        : null;
  }

  private @Nullable Sign matches() {
    var expected =
        handle
            .createQuery(
                "select devices from breaker_expectation where rule_id = :rule and at >= :from")
            .bind("rule", rule.id().value())
            .bind("from", from.toEpochMilli())
            .mapTo(Long.class)
            .findOne();
    if (expected.isEmpty()) {
      return null;
    }
    var matched =
        handle
            .createQuery(
                "select count(*) from rule_state s join device d on d.device_id = s.device_id where"
                    + " s.rule_id = :rule and s.first_seen is not null and s.state <> 'clear' and"
                    + " s.state <> 'unknown' and d.standing = 'active'")
            .bind("rule", rule.id().value())
            .mapTo(Long.class)
            .one();
    var bound = expected.get() * most.matches() / 100;
    return matched > bound && matched >= expected.get() + most.spare()
        ? new Sign(
            Cause.MORE_THAN_EXPECTED,
            "it matches on %d workstations, and its reviewers were told %d"
                .formatted(matched, expected.get()))
        : null;
  }
}
