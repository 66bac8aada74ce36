package dev.interdict.simulation;

import dev.interdict.agent.guard.Carrier;
import dev.interdict.agent.guard.Enforcer;
import dev.interdict.agent.guard.Event;
import dev.interdict.agent.guard.Fairness;
import dev.interdict.agent.guard.LifePlan;
import dev.interdict.agent.guard.Scanner;
import dev.interdict.agent.guard.Station;
import dev.interdict.agent.guard.WorkerException;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.report.Reporting;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.sync.Stage;
import dev.interdict.agent.sync.SyncJob;
import dev.interdict.agent.sync.SyncPipe;
import dev.interdict.agent.sync.SyncResult;
import dev.interdict.agent.sync.SyncWorker;
import dev.interdict.agent.time.FixedBootClock;
import dev.interdict.agent.time.FixedWallClock;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.Device;
import dev.interdict.report.OsFamily;
import dev.interdict.simulation.disk.Crash;
import dev.interdict.simulation.disk.SimulatedDisk;
import dev.interdict.trust.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One machine with its people: the real guard on a simulated disk and clocks. For one thread.
final class Workstation implements Scanner, Enforcer, Notifier, Carrier {
  private static final Duration TICK = Duration.ofHours(1);
  private static final Duration COARSE = Duration.ofMinutes(45);

  /// A guard that wants to look again so soon does so for a date, and not for ever.
  private static final Duration HASTE = Duration.ofMinutes(4);

  /// What really lay there when a report was composed.
  ///
  /// @param whole whether the scan saw everything
  record Truth(Map<RuleId, Set<String>> findings, boolean whole) {}

  private enum Power {
    ON,
    ASLEEP,
    OFF
  }

  private final String name;
  private final LifePlan plan;
  private final Enrolment enrolment;
  private final Agenda agenda;
  private final Network network;
  private final Witness witness;
  private final Story story;
  private final Random random;
  private final Duration interval;
  private final SimulatedDisk disk;
  private final Broken broken;
  private final FixedBootClock boot = new FixedBootClock();
  private final FixedWallClock wall;
  private final Pseudonyms names;
  private final List<Item> items = new ArrayList<>();
  private final Set<String> disputed = new HashSet<>();
  private final Map<Long, Truth> truths = new HashMap<>();
  private final Map<Long, Integer> hasty = new TreeMap<>();
  final Fairness fairness = new Fairness();
  private ZoneId zone;
  private @Nullable Station station;
  private @Nullable TrustedPolicy policy;
  private Power power = Power.ON;
  private Instant startAt;
  private Instant due;
  private Instant lastTrusted = Instant.EPOCH;
  private Duration lastBoot = Duration.ZERO;
  private boolean blind;
  private boolean scanned;
  private boolean tampered;
  private boolean calm;
  private boolean gone;
  private boolean fair = true;
  private boolean crashed;
  private long sequence;
  private long files;
  private long ids;
  private long life;
  private int killEvery;

  Workstation(
      String name,
      LifePlan plan,
      Enrolment enrolment,
      Agenda agenda,
      Network network,
      Witness witness,
      Story story,
      Random random,
      Duration interval,
      SimulatedDisk disk,
      Broken broken) {
    this.broken = broken;
    this.name = name;
    this.plan = plan;
    this.enrolment = enrolment;
    this.agenda = agenda;
    this.network = network;
    this.witness = witness;
    this.story = story;
    this.random = random;
    this.interval = interval;
    this.disk = disk;
    names = new Pseudonyms(enrolment.pseudonymKey());
    wall = new FixedWallClock(boot, agenda.instant());
    zone = plan.zone;
    startAt = agenda.instant();
    due = startAt;
  }

  /// What the device says of itself.
  static Device device(Enrolment enrolment, String name) {
    return new Device(enrolment.device(), name, OsFamily.LINUX, "Debian GNU/Linux 12", "amd64", 2);
  }

  /// Prepares the state folder of a device that was just enrolled.
  void enrolled(byte[] initialRoot) throws IOException {
    PolicyKeeper.begin(state().trust(), initialRoot);
  }

  private StateDirectory state() {
    return new StateDirectory(disk.root().resolve("state"));
  }

  /// Lets it live from now on.
  void begin() {
    tick();
  }

  private void tell(String what) {
    story.tell(agenda.instant(), name, what);
  }

  // Time and power.

  private void tick() {
    var mine = ++life;
    if (gone) {
      return;
    }
    pass();
    var now = agenda.instant();
    switch (powered()) {
      case OFF -> switchOff();
      case ASLEEP -> power = Power.ASLEEP;
      case ON -> work(now);
    }
    var next = now.plus(TICK);
    if (power == Power.ON && station != null && due.isBefore(next)) {
      next = due.isAfter(now) ? due : now.plusSeconds(1);
    }
    agenda.at(
        next,
        () -> {
          if (mine == life) {
            tick();
          }
        });
  }

  private LifePlan.Power powered() {
    return calm ? LifePlan.Power.ON : plan.power(agenda.instant(), zone);
  }

  private void pass() {
    var time = Duration.between(wall.real(), agenda.instant());
    switch (power) {
      case ON -> boot.pass(time);
      case ASLEEP -> boot.sleep(time);
      case OFF -> boot.pause(time);
    }
  }

  private void switchOff() {
    if (power != Power.OFF && station != null) {
      tell("switched off");
      alive(Station::keep);
      if (station != null) {
        end();
      }
    }
    power = Power.OFF;
  }

  private void work(Instant now) {
    if (power == Power.OFF) {
      boot.reboot();
      tell("switched on");
      startAt = now;
    }
    power = Power.ON;
    if (station == null) {
      if (!now.isBefore(startAt)) {
        start();
      }
    } else if (!now.isBefore(due)) {
      turn();
    } else {
      alive(Station::keep);
    }
  }

  // The guard's process.

  private interface Work {
    void of(Station station) throws IOException;
  }

  /// Does something in the guard's process, which may be its end.
  private void alive(Work work) {
    var here = station;
    if (here == null) {
      return;
    }
    try {
      work.of(here);
      observe();
    } catch (Crash e) {
      died();
    } catch (IOException | UncheckedIOException e) {
      ended(e);
    }
  }

  private void start() {
    try {
      station =
          new Station(
              new Station.Ground(
                  state(),
                  enrolment,
                  device(enrolment, name),
                  boot,
                  wall,
                  () -> zone,
                  Set::of,
                  this,
                  this,
                  this,
                  this,
                  this::on,
                  new SeededRandom(random.nextLong()),
                  () -> "n-" + name + ++ids,
                  interval));
    } catch (Crash e) {
      died();
      return;
    } catch (IOException | UncheckedIOException e) {
      ended(e);
      return;
    }
    story.met("starts");
    sequence = station.outbox.sequence();
    scanned = false;
    lastTrusted = station.clock.now();
    lastBoot = boot.sinceBoot();
    mayDie();
    learn();
    alive(Station::begin);
    due = agenda.instant();
    if (station != null) {
      turn();
    }
  }

  private void turn() {
    mayDie();
    exempts();
    alive(here -> {
      var next = broken == Broken.HASTY ? Duration.ofMinutes(1) : here.turn();
      if (next.compareTo(HASTE) < 0) {
        hasty.merge(agenda.instant().getEpochSecond() / 86_400, 1, Integer::sum);
      }
      // Notices that nobody sees are tried each quarter of an hour; that is left to fewer turns.
      due = agenda.instant().plus(next.compareTo(COARSE) < 0 && !hurries() ? COARSE : next);
    });
    if (!calm && station != null && !disk.dead()) {
      disk.revive();
    }
  }

  /// One turn in eight keeps the guard's own time to the second.
  private boolean hurries() {
    return random.nextInt(8) == 0;
  }

  private void mayDie() {
    if (!calm && killEvery > 0 && random.nextInt(killEvery) == 0) {
      disk.killAfter(1 + random.nextInt(120));
    }
  }

  /// A moment at which the process may be killed.
  void step() {
    disk.step();
  }

  private void died() {
    composed();
    crashed = true;
    station = null;
    disk.revive();
    story.met("killed");
    if (random.nextInt(3) == 0) {
      story.met("power cut");
      tell("power cut");
      disk.cutPower(random);
      boot.reboot();
      startAt = agenda.instant().plus(Duration.ofMinutes(1 + random.nextInt(90)));
    } else {
      tell("killed");
      startAt = agenda.instant().plus(Duration.ofMinutes(1 + random.nextInt(10)));
    }
  }

  private void ended(Exception e) {
    composed();
    crashed = true;
    tell("ended: " + e.getMessage());
    story.met("ended by the disk");
    end();
    startAt = agenda.instant().plus(Duration.ofMinutes(10 + random.nextInt(50)));
  }

  private void end() {
    if (station != null) {
      try {
        station.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    station = null;
    disk.revive();
  }

  // What the guard sees and does.

  @Override
  public Inventory scan(boolean digests, Predicate<Item> wanted) throws WorkerException {
    step();
    scanned = false;
    if (!calm && random.nextInt(60) == 0) {
      story.met("scan failed");
      throw new WorkerException("the scan worker failed: it hung");
    }
    scanned = true;
    var gaps =
        blind
            ? List.of(
                new Gap(
                    "npm",
                    BytePath.parse("/srv"),
                    UnreadableException.Reason.DENIED,
                    "not readable"))
            : List.<Gap>of();
    if (broken == Broken.SEES_NOTHING) {
      return new Inventory(plan.homes(), List.of(), List.of(), List.of());
    }
    if (broken == Broken.REMOVES_AT_ONCE) {
      removeAtOnce();
    }
    return new Inventory(plan.homes(), items.stream().filter(wanted).toList(), List.of(), gaps);
  }

  @Override
  public List<Act> enforce(Finding finding, Enforcement enforcement) {
    observe();
    return take(finding.rule().id(), finding.item());
  }

  private void removeAtOnce() {
    for (var rule : rules()) {
      items.stream()
          .filter(item -> is(item, rule.id()))
          .findFirst()
          .ifPresent(item -> take(rule.id(), item));
    }
  }

  private List<Act> take(RuleId rule, Item item) {
    var owner = item.owner();
    tell("enforces " + rule + " of " + (owner == null ? "everybody" : owner.user()));
    var spares = spared(rule) || disputed.contains(rule + key(item));
    exempts();
    if (fair) {
      fairness.enforced(now(), rule, owner == null ? null : owner.user(), people(rule), spares);
    }
    story.met("removals");
    step();
    items.remove(item);
    step();
    if (!calm && random.nextInt(5) == 0) {
      agenda.in(Duration.ofHours(1 + random.nextInt(48)), () -> install(owner, rule));
    }
    return List.of(new Act(ActionKind.QUARANTINED, null));
  }

  @Override
  public Set<FileId> lingering(RuleId rule) {
    return Set.of();
  }

  @Override
  public List<Act> stop(Set<FileId> programs) {
    return List.of();
  }

  @Override
  public Receipt show(Notice notice) {
    step();
    observe();
    exempts();
    var urgent = notice.urgency() == Notice.Urgency.CRITICAL;
    var person = plan.person(notice.recipient().home());
    var receipt = plan.receipt(person, urgent, agenda.instant(), zone);
    var shown = receipt instanceof Receipt.Shown;
    var held = new HashSet<RuleId>();
    for (var rule : rules()) {
      if (spared(rule.id())) {
        held.add(rule.id());
      }
    }
    if (fair) {
      fairness.told(now(), notice, shown, false, held);
    }
    if (shown) {
      tell("tells " + notice.recipient().home().user() + " " + notice.matters());
      answerLater(notice);
    }
    step();
    return receipt;
  }

  @Override
  public SyncResult carry(SyncJob job, List<byte[]> bodies) {
    step();
    var stage = new Stage(state().trust(), state().stage());
    try {
      var in = new ByteArrayOutputStream();
      SyncPipe.ask(job, bodies, stage, in);
      var out = new ByteArrayOutputStream();
      SyncWorker.run(
          new ByteArrayInputStream(in.toByteArray()), out, _ -> new WorkstationLine(network, this));
      step();
      return SyncPipe.result(new ByteArrayInputStream(out.toByteArray()), stage);
    } catch (IOException e) {
      return SyncResult.unreached("the sync worker failed: " + e.getMessage());
    }
  }

  private void on(Event event) {
    switch (event) {
      case Event.PolicyTaken taken -> {
        tell(taken.toString());
        learn();
      }
      case Event.PolicyProblem(var problem, var message, _) -> {
        story.met(problem.toString());
        tell(problem + " " + message);
        learn();
      }
      case Event.Reported(var number) -> {
        truths.put(number, truth());
        sequence = number;
      }
      // The truth is what it was, or else it would have been told.
      case Event.Unchanged(var number) -> truths.put(number, truth());
      case Event.Delivered(var sequence) -> witness.delivered(this, sequence);
      case Event.Refused refused -> tell(refused.toString());
      case Event.Resumed resumed -> {
        story.met("history resumed");
        tell(resumed.toString());
      }
      case Event.Dated dated -> tell(dated.toString());
      case Event.Verified verified -> tell(verified.toString());
      case Event.Acted _,
          Event.Told _,
          Event.Held _,
          Event.Found _,
          Event.Scanned _,
          Event.Prevented _,
          Event.LetThrough _,
          Event.Arrived _ -> {}
      case Event.ScanFailed failed -> tell(failed.toString());
    }
  }

  /// A report may have been written just before the end of who wrote it.
  private void composed() {
    truths.putIfAbsent(sequence + 1, truth());
  }

  private Truth truth() {
    var findings = new HashMap<RuleId, Set<String>>();
    for (var rule : rules()) {
      var keys = new TreeSet<String>();
      for (var item : items) {
        if (is(item, rule.id())) {
          keys.add(key(item));
        }
      }
      findings.put(rule.id(), keys);
    }
    return new Truth(findings, scanned && !blind);
  }

  // What people were promised.

  private Fairness.Now now() {
    var here = java.util.Objects.requireNonNull(station);
    var view = here.clock.view();
    return new Fairness.Now(
        agenda.instant(),
        here.clock.now(),
        wall.instant(),
        tampered,
        zone,
        boot.awake(),
        Duration.between(view.confirmed(), here.clock.now()).minus(view.moved()),
        Duration.ZERO);
  }

  /// Sees whether trusted time was corrected.
  private void observe() {
    if (station == null) {
      return;
    }
    var trusted = station.clock.now();
    var by = Duration.between(lastTrusted.plus(boot.sinceBoot().minus(lastBoot)), trusted);
    lastTrusted = trusted;
    lastBoot = boot.sinceBoot();
    if (by.compareTo(Duration.ofSeconds(1)) > 0 && fair) {
      fairness.corrected(now(), by);
      tell("trusted time corrected by " + by);
    }
  }

  private List<Rule> rules() {
    return policy == null ? List.of() : policy.blocklist().rules();
  }

  private void learn() {
    if (station == null) {
      return;
    }
    var fresh = station.policy();
    if (fair) {
      for (var rule : rules()) {
        if (fresh.blocklist().rules().stream().noneMatch(one -> one.id().equals(rule.id()))) {
          fairness.withdrawn(rule.id(), now());
        }
      }
      fresh.blocklist().rules().forEach(fairness::rule);
      fresh.exemptions().refused().forEach(no -> fairness.refused(no.rule()));
    }
    policy = fresh;
    exempts();
  }

  private void exempts() {
    for (var rule : rules()) {
      fairness.exempt(rule.id(), exempt(rule.id()));
    }
  }

  private boolean exempt(RuleId rule) {
    var known = policy;
    var here = station;
    if (known == null || here == null) {
      return false;
    }
    var now = here.clock.now();
    return known.exemptions().granted().stream()
        .anyMatch(one -> one.rule().equals(rule) && now.isBefore(one.until()));
  }

  private boolean spared(RuleId rule) {
    return policy != null && (policy.stop().holds(rule) || exempt(rule));
  }

  private void answerLater(Notice notice) {
    if (random.nextInt(4) == 0) {
      var rule = notice.matters().get(random.nextInt(notice.matters().size())).rule();
      var user = notice.recipient().home().user();
      agenda.in(
          Duration.ofMinutes(1 + random.nextInt(90)),
          () -> alive(here -> new Answers(this, here, fairness, random).answer(rule, user)));
    }
  }

  // What a life may meet, and what others ask.

  void install(@Nullable Home home, RuleId rule) {
    if (gone) {
      return;
    }
    story.met("installs");
    var under = home == null ? BytePath.parse("/usr/lib/node_modules") : home.path();
    var path = under.resolve(rule.value()).resolve("n" + ++files);
    tell("installed " + path);
    items.add(
        new Item(
            "npm",
            new Identity.OfPackage(PackageUrl.npm(rule.value())),
            "1.0.0",
            home,
            path,
            List.of(new Part(Part.Role.MAIN, path, new FileId(1, files), FileKind.DIRECTORY))));
  }

  void setWall(Duration by) {
    tell("wall clock set by " + by);
    pass();
    wall.set(by);
    tampered = true;
  }

  void killEvery(int turns) {
    killEvery = turns;
  }

  void diskFails(@Nullable String why) {
    if (why != null && calm) {
      return;
    }
    tell("disk: " + why);
    disk.fail(why);
  }

  void blind(boolean now) {
    blind = now && !calm;
  }

  /// A copy of what lies on its disk now.
  SimulatedDisk image() {
    return disk.copy();
  }

  /// Goes back to an image, as after a restored backup or a virtual machine's snapshot. What people
  /// were promised since is forgotten with it, and not held against the device.
  void restore(SimulatedDisk image) {
    if (gone) {
      return;
    }
    tell("restored from an image");
    story.met("device restored");
    fair = false;
    station = null;
    disk.revive();
    disk.restore(image);
    boot.reboot();
    startAt = agenda.instant();
  }

  /// Another machine with the same key and memory.
  Workstation cloned(String as, LifePlan people, Agenda agenda) {
    var clone =
        new Workstation(
            as,
            people,
            enrolment,
            agenda,
            network,
            witness,
            story,
            random,
            interval,
            disk.copy(),
            broken);
    clone.truths.putAll(truths);
    clone.fair = false;
    fair = false;
    return clone;
  }

  /// Is taken away.
  void goes() {
    tell("taken away");
    gone = true;
    station = null;
  }

  boolean isGone() {
    return gone;
  }

  /// From now on the machine stays on and nothing goes wrong on it.
  void calm() {
    calm = true;
    blind = false;
    disk.fail(null);
    disk.revive();
    pass();
    wall.set(Duration.ZERO);
    tick();
  }

  boolean is(Item item, RuleId rule) {
    return item.location().toString().contains(rule.value());
  }

  List<Item> items() {
    return items;
  }

  String key(Item item) {
    return Reporting.key(item, names);
  }

  void disputes(String what) {
    disputed.add(what);
  }

  /// Whom a rule concerns by what really lies there.
  Set<String> people(RuleId rule) {
    var people = new HashSet<String>();
    for (var item : items) {
      if (is(item, rule)) {
        var owner = item.owner();
        if (owner == null) {
          plan.homes().forEach(home -> people.add(home.user()));
        } else {
          people.add(owner.user());
        }
      }
    }
    return people;
  }

  Fairness.Now moment() {
    return now();
  }

  ZoneId zone() {
    return zone;
  }

  Agenda agenda() {
    return agenda;
  }

  /// Turns of the busiest day after which the guard wanted the next within minutes.
  int hasty() {
    return hasty.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  Headlines headlines() throws IOException {
    var here = station;
    return new Headlines(
        here == null ? -1 : here.outbox.waiting().size(),
        here == null ? -1 : here.outbox.sequence(),
        policy == null ? -1 : policy.blocklist().serial(),
        truth(),
        disk.bytes(),
        disk.files());
  }

  /// Where it stands.
  record Headlines(int waiting, long sequence, long serial, Truth truth, long bytes, long files) {}

  Enrolment enrolment() {
    return enrolment;
  }

  boolean fair() {
    return fair;
  }

  /// Whether its guard was ever cut short: a notice may be shown twice then.
  boolean crashed() {
    return crashed;
  }

  @Nullable Truth truth(long sequence) {
    return truths.get(sequence);
  }

  List<Home> homes() {
    return plan.homes();
  }

  Story story() {
    return story;
  }

  Network network() {
    return network;
  }

  @Override
  public String toString() {
    return name;
  }
}
