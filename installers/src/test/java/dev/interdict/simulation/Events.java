package dev.interdict.simulation;

import dev.interdict.agent.guard.LifePlan;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.draft.Draft;
import dev.interdict.trust.metadata.RepositoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Draws what a life meets: what is banned when, what people install, what admins decide, and what
/// goes wrong.
record Events(
    Random random,
    Agenda agenda,
    Story story,
    Headquarters server,
    Network network,
    Witness witness,
    List<Workstation> stations,
    Instant end) {

  private interface Deed {
    void run() throws IOException, RepositoryException;
  }

  private int dice(int sides) {
    return random.nextInt(sides);
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private Instant some() {
    var minutes = Duration.between(agenda.instant(), end).toMinutes();
    return agenda.instant().plus(Duration.ofMinutes(dice((int) minutes)));
  }

  private void at(Instant at, String what, Deed deed) {
    if (!at.isBefore(end)) {
      return;
    }
    agenda.at(
        at,
        () -> {
          story.met(what.split(" of | until ")[0]);
          story.tell(agenda.instant(), "world", what);
          try {
            deed.run();
          } catch (RepositoryException e) {
            throw new IllegalStateException(what, e);
          }
        });
  }

  void draw(Bans bans) {
    var drafts = new ArrayList<Draft>();
    drafts.add(bans.draft("tool-one"));
    if (one(3)) {
      drafts.add(bans.draft("tool-two"));
    }
    at(agenda.instant().plusSeconds(1), "banned", () -> server.publish(drafts));
    var first = drafts.getFirst();
    var rule = first.rule().id();
    if (one(5)) {
      at(some(), "withdrawn", () -> server.withdraw(first));
    } else if (one(4)) {
      at(some(), "another date", () -> server.publish(List.of(bans.later(first))));
    }
    if (one(4)) {
      var from = some();
      at(from, "stopped", () -> server.hold(new Stop(true, Set.of(), "pilot")));
      at(from.plus(Duration.ofHours(1 + dice(72))), "stop lifted", () -> server.hold(Stop.NONE));
      // At the latest before it is calm.
      at(end.minusSeconds(60), "stop lifted", () -> server.hold(Stop.NONE));
    }
    for (var station : stations) {
      station(station, drafts, rule);
    }
    serverTroubles();
    if (one(5)) {
      clone(stations.get(dice(stations.size())));
    }
  }

  private void station(Workstation station, List<Draft> drafts, RuleId rule) {
    for (var draft : drafts) {
      var homes = station.homes();
      var owner = one(4) ? null : homes.get(dice(homes.size()));
      var soon = agenda.instant().plusSeconds(30);
      at(one(2) ? soon : some(), "install", () -> station.install(owner, draft.rule().id()));
    }
    if (one(4)) {
      var from = some();
      var until = from.plus(Duration.ofHours(6 + dice(100)));
      var exemption =
          new Exemption(
              "EX-" + station,
              rule,
              station.enrolment().device().value(),
              until,
              "Li Na",
              "migration");
      at(from, "exempt until " + until + " " + station, () -> server.grant(exemption));
    }
    station.killEvery(List.of(0, 25, 10, 5).get(dice(4)));
    if (one(3)) {
      var why =
          List.of("No space left on device", "Input/output error", "Read-only file system")
              .get(dice(3));
      spell(
          "disk fails of " + station,
          30,
          () -> station.diskFails(why),
          () -> station.diskFails(null));
    }
    if (one(3)) {
      spell("blind spot of " + station, 60, () -> station.blind(true), () -> station.blind(false));
    }
    if (one(5)) {
      var by = Duration.ofHours(dice(1000) - 500);
      spell(
          "wall clock wrong of " + station,
          120,
          () -> station.setWall(by),
          () -> station.setWall(Duration.ZERO));
    }
    if (one(6)) {
      restored(station);
    }
  }

  private void spell(String what, int hours, Deed from, Deed to) {
    var begin = some();
    at(begin, what, from);
    at(begin.plus(Duration.ofMinutes(1 + dice(hours * 60))), "no more: " + what, to);
  }

  private void restored(Workstation station) {
    var image = new dev.interdict.simulation.disk.SimulatedDisk[1];
    var taken = some();
    at(taken, "image of " + station, () -> image[0] = station.image());
    at(
        taken.plus(Duration.ofHours(1 + dice(90))),
        "device restored of " + station,
        () -> {
          witness.suspects(station);
          station.restore(image[0]);
        });
  }

  private void clone(Workstation station) {
    var from = some();
    at(
        from,
        "cloned of " + station,
        () -> {
          witness.suspects(station);
          var people = new LifePlan(random, LifePlan.day(random));
          var clone = station.cloned(station + "-clone", people, agenda);
          clone.begin();
          var gone = from.plus(Duration.ofHours(2 + dice(60)));
          agenda.at(gone.isBefore(end) ? gone : end.minusSeconds(1), clone::goes);
        });
  }

  private void serverTroubles() {
    for (var n = dice(3); n > 0; n--) {
      var time = Duration.ofMinutes(1 + dice(48 * 60));
      at(some(), "outage of " + time, () -> network.down(time));
    }
    if (one(4)) {
      var backup = new @Nullable Path[1];
      var known = new ArrayList<Runnable>();
      var taken = some();
      at(
          taken,
          "server backed up",
          () -> {
            backup[0] = server.backUp();
            var then = witness.remember();
            known.add(() -> witness.restored(then));
          });
      at(
          taken.plus(Duration.ofHours(1 + dice(60))),
          "server restored",
          () -> {
            var from = backup[0];
            if (from != null) {
              server.restore(from, true);
              known.forEach(Runnable::run);
            }
          });
    }
  }
}
