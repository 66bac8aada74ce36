package dev.interdict.server.publish;

import dev.interdict.policy.Blocklist;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Whether a rule is on the list, for what asks at each report: the list is read again only for a
/// rule that is not known, at most once a second, so that a device that makes rules up costs
/// nothing. One that was withdrawn counts until the next such reading. Thread-safe.
public final class KnownRules implements Predicate<String> {
  private static final long REST = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<Blocklist> list;
  private volatile Set<String> known = Set.of();
  private long readAt = System.nanoTime() - REST;

  public KnownRules(Supplier<Blocklist> list) {
    this.list = list;
  }

  @Override
  public boolean test(String rule) {
    return known.contains(rule) || read().contains(rule);
  }

  private synchronized Set<String> read() {
    if (System.nanoTime() - readAt >= REST) {
      known =
          list.get().rules().stream()
              .map(rule -> rule.id().value())
              .collect(Collectors.toUnmodifiableSet());
      readAt = System.nanoTime();
    }
    return known;
  }
}
