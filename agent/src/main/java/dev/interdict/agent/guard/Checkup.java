package dev.interdict.agent.guard;

import dev.interdict.agent.platform.linux.privilege.Weakness;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.Uplink;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.Situation.PolicyAge;
import dev.interdict.identity.Printable;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Answers `doctor` as far as the guard can: the server, the way to it, the time, the signed list,
/// rights, and what went wrong last. Thread-safe.
///
/// @param weaknesses in which the parts are less apart than they could be
record Checkup(
    Board board,
    TrustedClock clock,
    StateDirectory state,
    LastTrouble trouble,
    Set<Weakness> weaknesses) {
  /// A wall clock further off makes people miss what they are told the date of.
  private static final Duration SKEW = Duration.ofMinutes(5);

  /// What went wrong longer ago is over.
  private static final Duration RECENT = Duration.ofHours(1);

  private static final int MOST_TEXT = 300;

  Json json() {
    var checks = new ArrayList<Json>();
    var posted = board.posted();
    checks.add(check("guard", true, "running"));
    checks.add(check("server", posted.reached(), posted.reached() ? "reached" : "not reached"));
    var ca = way(checks);
    var standing = posted.standing();
    policy(standing == null ? null : standing.policy(), checks);
    var view = clock.view();
    checks.add(check("time", !view.outOfContact(), clock.now().toString()));
    var ahead = view.wallAhead();
    checks.add(check("clock", ahead.abs().compareTo(SKEW) <= 0, Long.toString(ahead.toSeconds())));
    checks.addAll(rights());
    checks.add(lately(posted.reached()));
    return Json.object().put("checks", checks).put("ca", ca).build();
  }

  /// What the server's certificate must come from, for the asking command to look into: to read
  /// certificates takes classes that nothing else here needs, and they are no secret.
  private @Nullable String way(List<Json> checks) {
    try {
      var uplink = Uplink.load(state);
      var proxy = uplink.proxy();
      checks.add(check("proxy", true, proxy == null ? "none" : proxy));
      return uplink.ca();
    } catch (IOException e) {
      checks.add(check("proxy", false, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private static void policy(@Nullable TrustedPolicy policy, List<Json> checks) {
    var version = policy == null ? null : policy.version();
    checks.add(check("policy", version != null, policy == null ? "no look yet" : state(policy)));
    if (policy == null || version == null) {
      return;
    }
    checks.add(
        check("trust", policy.problems().isEmpty(), "root " + policy.versions().get("root")));
    var until = policy.freshUntil();
    checks.add(
        check(
            "policy-age",
            policy.age() == PolicyAge.CURRENT,
            until == null ? Fields.written(policy.age()) : until.toString()));
  }

  /// Before the company's first rule its list is empty, signed and whole.
  private static String state(TrustedPolicy policy) {
    var empty = policy.version() != null && policy.blocklist().serial() == 0;
    return empty && policy.age() == PolicyAge.CURRENT ? "NO-RULE" : policy.age().name();
  }

  private List<Json> rights() {
    if (weaknesses.isEmpty()) {
      return List.of(check("rights", true, "kept apart"));
    }
    return new TreeSet<>(weaknesses)
        .stream().<Json>map(weakness -> check(Fields.written(weakness), false, "weaker")).toList();
  }

  private Json lately(boolean reached) {
    var last = trouble.last(reached);
    if (last == null) {
      return check("last-error", true, "none");
    }
    return check(
        "last-error",
        !trouble.isWithin(RECENT, last),
        Printable.of(last.at().truncatedTo(ChronoUnit.SECONDS) + " " + last.what(), MOST_TEXT));
  }

  private static Json check(String name, boolean ok, String detail) {
    return Json.object().put("name", name).put("ok", ok).put("detail", detail).build();
  }
}
