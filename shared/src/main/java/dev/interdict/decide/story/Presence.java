package dev.interdict.decide.story;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who sits at the device when, and whether it runs.
final class Presence {
  /// Weekly hours have come again by then.
  private static final int DAYS_AHEAD = 8;

  private final Life life;

  Presence(Life life) {
    this.life = life;
  }

  /// The zone in which the device is.
  ZoneId zone(Instant at) {
    var zone = life.device().zone();
    for (var turn : life.turns()) {
      if (turn instanceof Turn.Travel(var since, var there) && !since.isAfter(at)) {
        zone = there;
      }
    }
    return zone;
  }

  /// The stretch of being powered off that `at` lies in, or null.
  @Nullable Span off(Instant at) {
    return life.off().stream().filter(span -> span.contains(at)).findFirst().orElse(null);
  }

  boolean isOn(Instant at) {
    return off(at) == null && (life.alwaysOn() || !present(at).isEmpty());
  }

  /// Who sits at it.
  Set<String> present(Instant at) {
    var present = new TreeSet<String>();
    if (off(at) == null) {
      var local = at.atZone(zone(at));
      life.people().stream()
          .filter(person -> person.isThere(local))
          .forEach(person -> present.add(person.name()));
    }
    return present;
  }

  /// The next moment after `at` at which any of this may change, or null if none will.
  @Nullable Instant change(Instant at) {
    var candidates = new ArrayList<Instant>();
    spans(life.off(), candidates);
    life.people().forEach(person -> spans(person.away(), candidates));
    var zone = zone(at);
    var today = at.atZone(zone).toLocalDate();
    for (var person : life.people()) {
      for (var hours : person.uses()) {
        for (var i = 0; i < DAYS_AHEAD; i++) {
          var day = today.plusDays(i);
          if (hours.days().contains(day.getDayOfWeek())) {
            candidates.add(day.atTime(hours.from()).atZone(zone).toInstant());
            candidates.add(day.atTime(hours.to()).atZone(zone).toInstant());
          }
        }
      }
    }
    return candidates.stream().filter(one -> one.isAfter(at)).min(Instant::compareTo).orElse(null);
  }

  private static void spans(List<Span> spans, List<Instant> candidates) {
    for (var span : spans) {
      candidates.add(span.from());
      candidates.add(span.to());
    }
  }
}
