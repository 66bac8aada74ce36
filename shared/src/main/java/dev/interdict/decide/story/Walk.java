package dev.interdict.decide.story;

import dev.interdict.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks a virtual clock through a life, from one moment at which something can change to the next,
/// and lets the device think at each while it runs. For one walk.
final class Walk {
  private final Rule rule;
  private final Life life;
  private final Presence presence;
  private final Instant from;
  private final Instant to;
  private final Mind mind;
  private final List<Happening> happenings = new ArrayList<>();
  private int turn;

  Walk(Rule rule, Life life, Instant from, Instant to) {
    this.rule = rule;
    this.life = life;
    this.presence = new Presence(life);
    this.from = from;
    this.to = to;
    this.mind = new Mind(new Standing(rule, life, presence), from, happenings);
  }

  Story story() {
    Instant before = null;
    for (var now = from; now != null && now.isBefore(to) && !mind.done(); ) {
      var on = presence.isOn(now);
      surroundings(before, now);
      turns(now);
      if (on) {
        mind.think(now);
      } else {
        mind.sleep(now);
      }
      before = now;
      now = next(now, on);
      if (now != null && on) {
        mind.awake(Duration.between(before, now));
      }
    }
    return new Story(rule, life, from, to, happenings, mind.verdict());
  }

  private @Nullable Instant next(Instant now, boolean on) {
    var next = presence.change(now);
    if (turn < life.turns().size()) {
      next = Mind.earlier(next, life.turns().get(turn).at());
    }
    return Mind.earlier(next, mind.wakes(now, on));
  }

  private void turns(Instant now) {
    while (turn < life.turns().size() && !life.turns().get(turn).at().isAfter(now)) {
      mind.take(life.turns().get(turn++), now);
    }
  }

  /// Who goes or comes for long, and the switch.
  private void surroundings(@Nullable Instant before, Instant now) {
    var off = presence.off(now);
    if (off != null && (before == null || presence.off(before) == null)) {
      happenings.add(new Happening.SwitchedOff(now, off.to()));
    } else if (off == null && before != null && presence.off(before) != null) {
      happenings.add(new Happening.SwitchedOn(now));
    }
    for (var person : life.people()) {
      for (var span : person.away()) {
        if (span.contains(now) && (before == null || !person.isAway(before))) {
          happenings.add(new Happening.Left(now, person.name(), span.to()));
        }
      }
      if (before != null && person.isAway(before) && !person.isAway(now)) {
        happenings.add(new Happening.Returned(now, person.name()));
      }
    }
  }
}
