package dev.interdict.agent.guard;

import dev.interdict.agent.guard.Fairness.Now;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.report.Reporting;
import dev.interdict.agent.time.AwakeTime;
import dev.interdict.agent.time.FixedBootClock;
import dev.interdict.agent.time.FixedWallClock;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.DeviceFacts;
import dev.interdict.decide.Situation;
import dev.interdict.decide.Verdict;
import dev.interdict.identity.PackageUrl;
import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Language;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.policy.Refusal;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.report.ActionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One device from before a ban until long after its date, on a virtual clock that goes from event
/// to event. Judge, teller, answers, ledger and clock are the agent's own; the machine, its people
/// and the server are drawn from the seed.
final class DeviceLife {
  private static final String DEVICE = "d-1";
  private static final Duration QUANTUM = Duration.ofHours(1);
  private static final Duration FAR = Duration.ofHours(4);
  private static final Duration NEAR = Duration.ofDays(2);

  private static final Duration AGAIN = Duration.ofMinutes(1);

  private record Happening(Instant at, String what, Work work) {}

  /// What changes at a moment of real time.
  interface Work {
    void run() throws IOException;
  }

  private record Line(Instant real, Instant trusted, String what, Object[] about) {}

  final Fairness fairness = new Fairness();
  private final Random random;
  private final LifePlan plan;
  private final Path folder;
  private final FixedBootClock boot = new FixedBootClock();
  private final FixedWallClock wall;
  private final Pseudonyms names = new Pseudonyms(new byte[32]);
  private final List<Item> items = new ArrayList<>();
  private final List<Line> story = new ArrayList<>();
  private final PriorityQueue<Happening> ahead =
      new PriorityQueue<>(Comparator.comparing(Happening::at));
  private final Set<String> disputed = new HashSet<>();
  private ZoneId zone;
  private TrustedClock clock;
  private AwakeTime awake;
  private Ledger ledger;
  private Undelivered undelivered;
  private Judge judge;
  private Teller teller;
  private Occasions occasions;
  private Board board;
  private Answering answering;
  private Reception reception;
  private TrustedPolicy policy;
  private List<Rule> published;
  private List<Exemption> granted = List.of();
  private List<Refusal> refused = List.of();
  private Stop stop = Stop.NONE;
  private Duration silent = Duration.ZERO;
  private Duration lead = Duration.ZERO;
  private boolean tampered;
  private int ids;
  private int looks;
  private long files;

  DeviceLife(long seed, Path folder) throws IOException {
    this.folder = folder;
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    plan = new LifePlan(random);
    wall = new FixedWallClock(boot, plan.begin);
    zone = plan.zone;
    published = plan.rules;
    policy = policy();
    Files.deleteIfExists(folder.resolve("ledger"));
    Files.deleteIfExists(folder.resolve("awake"));
    clock = new TrustedClock(boot, wall, null, plan.begin);
    start();
    plan.happenings(this);
    var shift = zone.getRules().nextTransition(plan.begin);
    if (shift != null && shift.getInstant().isBefore(plan.end)) {
      fairness.met("clocks put on or back");
    }
  }

  private void start() throws IOException {
    ledger = Ledger.open(folder);
    awake = AwakeTime.open(folder.resolve("awake"), () -> boot.awake().toNanos());
    undelivered = new Undelivered(_ -> {}, () -> wall.instant().atZone(zone), () -> "n-" + ++ids);
    teller =
        new Teller(() -> zone, Language.EN, this::show, ledger, _ -> {}, awake::total, undelivered);
    judge =
        new Judge(
            () -> new DeviceFacts(DEVICE, OperatingSystem.LINUX, zone, Set.of()),
            Set::of,
            ledger,
            names,
            BytePath.parse("/quarantine"));
    occasions = new Occasions(teller, ledger, DEVICE);
    board = new Board();
    board.judgedBy(last ->
        new Cycle.Standing(
            last.policy(),
            last.inventory(),
            judge.judge(last.policy(), inventory(), clock.view())));
    answering = new Answering(board, ledger, names, clock::now, () -> "R-" + ++ids);
    reception = new Reception(undelivered, ledger, names, clock::now, awake::total);
  }

  /// Something happens at `at`.
  void at(Instant at, String what, Work work) {
    ahead.add(new Happening(at, what, work));
  }

  void in(Duration after, String what, Work work) {
    at(real().plus(after), what, work);
  }

  private Instant real() {
    return wall.real();
  }

  private Now now() {
    return new Now(
        real(), clock.now(), wall.instant(), tampered, zone, awake.total(), silent, lead);
  }

  private void tell(String what, Object... about) {
    story.add(new Line(real(), clock.now(), what, about));
  }

  /// Lives it.
  void live() throws IOException {
    var next = plan.begin;
    while (real().isBefore(plan.end) && fairness.wrong().isEmpty()) {
      pass(next);
      for (var due = ahead.peek(); due != null && !due.at().isAfter(real()); due = ahead.peek()) {
        ahead.remove();
        tell(due.what());
        due.work().run();
      }
      if (plan.power(real(), zone) != LifePlan.Power.ON) {
        fairness.nobody();
        next = soonest(real().plus(QUANTUM));
        continue;
      }
      wake();
      look();
      fairness.busy(now(), ++looks);
      next = next();
    }
    ledger.close();
  }

  private LifePlan.Power state = LifePlan.Power.ON;

  /// Time goes by as the machine is: on, asleep or off.
  private void pass(Instant until) throws IOException {
    var time = Duration.between(real(), until);
    if (!time.isPositive()) {
      return;
    }
    var power = plan.power(real(), zone);
    if (state != LifePlan.Power.OFF && power == LifePlan.Power.OFF) {
      tell("switched off");
      awake.keep();
      state = power;
    }
    if (state == LifePlan.Power.OFF) {
      boot.pause(time);
    } else if (power == LifePlan.Power.ON) {
      boot.pass(time);
      silent = silent.plus(time);
    } else {
      boot.sleep(time);
      silent = silent.plus(time);
    }
  }

  /// The machine is on; after it was off it begins anew.
  private void wake() throws IOException {
    if (state == LifePlan.Power.OFF) {
      var mark = clock.mark();
      boot.reboot();
      clock = new TrustedClock(boot, wall, mark, plan.begin);
      ledger.close();
      start();
      fairness.met("starts");
      tell("switched on");
    }
    state = LifePlan.Power.ON;
  }

  private void serve() throws IOException {
    var seen = clock.view();
    var before = seen.trusted();
    if (clock.look()) {
      tell("saw the wall clock being set");
    }
    if (!plan.reachable(real())) {
      fairness.met("looks without server");
      return;
    }
    var wrong = plan.serverAhead(real());
    if (!wrong.isZero()) {
      fairness.met("looks with a server ahead");
      var wallAhead = Duration.between(real(), wall.instant()).plusHours(1);
      var own = wall.instant().plus(Duration.ofDays(1)).isBefore(clock.now()) ? wrong : wallAhead;
      var may = own.compareTo(wrong) < 0 ? own : wrong;
      lead = may.compareTo(lead) > 0 ? may : lead;
    }
    if (clock.heard(real().plus(wrong)) || wrong.isZero() && !clock.now().isBefore(real())) {
      silent = Duration.ZERO;
    }
    new Leap(ledger).note(seen, clock.view());
    var by = Duration.between(before, clock.now());
    if (by.isPositive()) {
      tell("trusted time corrected by %s", by);
      fairness.corrected(now(), by);
    }
    var fresh = policy();
    if (!fresh.equals(policy)) {
      learn(fresh);
    }
  }

  private TrustedPolicy policy() {
    var exemptions = new Exemptions(granted, Set.of(), false, refused, List.of(), 0);
    return new TrustedPolicy(
        new Blocklist(1, "IT", published, List.of()),
        null,
        exemptions,
        stop,
        Situation.PolicyAge.CURRENT,
        null,
        List.of());
  }

  private boolean knows;

  private void learn(TrustedPolicy fresh) {
    for (var rule : policy.blocklist().rules()) {
      if (fresh.blocklist().rules().stream().noneMatch(one -> one.id().equals(rule.id()))) {
        fairness.withdrawn(rule.id(), now());
      }
    }
    policy = fresh;
    for (var rule : policy.blocklist().rules()) {
      fairness.rule(rule);
    }
    for (var no : policy.exemptions().refused()) {
      fairness.refused(no.rule());
    }
  }

  private Inventory inventory() {
    return new Inventory(plan.homes(), items, List.of(), List.of());
  }

  private void look() throws IOException {
    if (!knows) {
      knows = true;
      learn(policy);
    }
    serve();
    for (var rule : policy.blocklist().rules()) {
      fairness.exempt(rule.id(), exempt(rule.id()));
    }
    var judged = judge.judge(policy, inventory(), clock.view());
    for (var one : judged) {
      if (!one.findings().isEmpty() && !ledger.of(one.rule().id()).known()) {
        ledger.append(new Entry.Seen(one.rule().id(), clock.now()));
      }
    }
    occasions.note(policy, judged, inventory(), clock.now());
    judged = judge.judge(policy, inventory(), clock.view());
    teller.tell(judged, inventory(), clock.view());
    terminals();
    fairness.present(now(), available());
    judged = judge.judge(policy, inventory(), clock.view());
    if (enforce(judged)) {
      judged = judge.judge(policy, inventory(), clock.view());
    }
    board.post(new Cycle.Standing(policy, inventory(), judged), true, clock.view());
    for (var rule : policy.blocklist().rules()) {
      looked(rule);
    }
  }

  private void looked(Rule rule) {
    var left =
        items.stream()
            .anyMatch(item -> is(item, rule.id()) && !disputed.contains(rule.id() + key(item)));
    var acts = rule.enforcement().compareTo(dev.interdict.policy.Enforcement.BLOCK) >= 0;
    var waits = !people(rule.id()).isEmpty() && !spared(rule.id());
    fairness.looked(now(), rule.id(), people(rule.id()), available(), waits, left && acts);
  }

  private boolean exempt(RuleId rule) {
    return policy.exemptions().granted().stream()
        .anyMatch(one -> one.rule().equals(rule) && clock.now().isBefore(one.until()));
  }

  private boolean spared(RuleId rule) {
    return policy.stop().holds(rule) || exempt(rule);
  }

  private String key(Item item) {
    return Reporting.key(item, names);
  }

  private static boolean is(Item item, RuleId rule) {
    return item.source().equals("npm") && item.location().toString().contains(rule.value());
  }

  /// Whom a rule concerns by what really lies there.
  private Set<String> people(RuleId rule) {
    var people = new HashSet<String>();
    for (var item : items) {
      if (is(item, rule)) {
        if (item.owner() == null) {
          plan.homes().forEach(home -> people.add(home.user()));
        } else {
          people.add(item.owner().user());
        }
      }
    }
    return people;
  }

  private Set<String> available() {
    return plan.people.stream()
        .filter(person -> plan.receipt(person, false, real(), zone) instanceof Receipt.Shown)
        .map(person -> person.home().user())
        .collect(Collectors.toSet());
  }

  private Receipt show(Notice notice) {
    var urgent = notice.urgency() == Notice.Urgency.CRITICAL;
    var person = plan.person(notice.recipient().home());
    var receipt = plan.receipt(person, urgent, real(), zone);
    witness(notice, receipt instanceof Receipt.Shown, false);
    return receipt;
  }

  private void witness(Notice notice, boolean shown, boolean asked) {
    var user = notice.recipient().home().user();
    var held =
        policy.blocklist().rules().stream()
            .map(Rule::id)
            .filter(this::spared)
            .collect(Collectors.toSet());
    tell(shown ? "told %s %s" : "tried %s %s", user, notice.matters());
    fairness.told(now(), notice, shown, asked, held);
    if (shown && random.nextInt(4) == 0) {
      var rule = notice.matters().get(random.nextInt(notice.matters().size())).rule();
      in(Duration.ofMinutes(1 + random.nextInt(90)), user + " answers", () -> answer(rule, user));
    }
  }

  /// People at terminals see what no desktop showed.
  private void terminals() throws IOException {
    for (var person : plan.people) {
      if (person.terminal() && plan.there(person, real(), zone) && random.nextInt(3) > 0) {
        var user = person.home().user();
        for (var notice : undelivered.of(user)) {
          var shown = Map.of("channel", "terminal", "outcome", "shown");
          reception.receipt(new Question("receipt", notice.id(), shown), user);
          fairness.met("terminal");
          witness(notice, true, true);
        }
      }
    }
  }

  private boolean enforce(List<Judged> judged) throws IOException {
    var done = false;
    for (var one : judged) {
      var people = people(one.rule().id());
      for (var finding : one.due()) {
        var item = finding.item();
        var id = one.rule().id();
        tell("enforces %s of %s: %s", id, String.valueOf(item.owner()), one.verdict());
        var spares = spared(id) || disputed.contains(id + key(item));
        fairness.enforced(
            now(), id, item.owner() == null ? null : item.owner().user(), people, spares);
        ledger.append(new Entry.Acted(id, clock.now(), ActionKind.QUARANTINED, "x", null));
        items.remove(item);
        done = true;
        if (random.nextInt(6) == 0) {
          in(
              Duration.ofHours(1 + random.nextInt(72)),
              "reinstalled",
              () -> {
                fairness.met("reinstalled");
                install(item.owner(), id);
              });
        }
      }
      if (!one.due().isEmpty() && one.verdict() instanceof Verdict.Due) {
        ledger.append(new Entry.Verified(one.rule().id(), clock.now()));
      }
    }
    return done;
  }

  /// When the guard would look next of itself, or something happens, or a coarse while is over.
  private Instant next() {
    var judged = Objects.requireNonNull(board.posted().standing()).judged();
    var lag = Duration.between(clock.now(), real());
    var near = false;
    Instant planned = teller.next(judged, clock.view());
    for (var one : judged) {
      if (one.verdict() instanceof Verdict.Waiting(var date) && !one.findings().isEmpty()) {
        near |= date.at() == null || clock.now().isAfter(date.at().minus(NEAR));
        var end = date.end();
        if (end != null && end.isAfter(clock.now())) {
          planned = planned == null || end.isBefore(planned) ? end : planned;
        }
      }
    }
    var tick = soonest(real().plus(near ? QUANTUM : FAR));
    for (var at = real().plus(QUANTUM); at.isBefore(tick); at = at.plus(QUANTUM)) {
      if (plan.power(at, zone) != LifePlan.Power.ON) {
        tick = at;
      }
    }
    if (planned == null || !planned.isAfter(clock.now())) {
      return tick;
    }
    var at = planned.plus(lag);
    // The guard tries again each minute while nobody is there; that is left to the coarse looks.
    return at.isAfter(real().plus(AGAIN)) && at.isBefore(tick) ? at : tick;
  }

  private Instant soonest(Instant at) {
    var happening = ahead.peek();
    return happening != null && happening.at().isBefore(at) ? happening.at() : at;
  }

  // What a life may meet.

  void install(@Nullable Home home, RuleId rule) {
    var under = home == null ? BytePath.parse("/usr/lib/node_modules") : home.path();
    var path = under.resolve(rule.value()).resolve("n" + ++files);
    items.add(
        new Item(
            "npm",
            new Identity.OfPackage(PackageUrl.npm(rule.value())),
            "1.0.0",
            home,
            path,
            List.of(new Part(Part.Role.MAIN, path, new FileId(1, files), FileKind.DIRECTORY))));
  }

  void travel(ZoneId to) {
    zone = to;
    fairness.met("travels");
  }

  void setWall(Duration by) {
    wall.set(by);
    tampered = true;
    fairness.met("clock set");
  }

  void stop(Stop now) {
    stop = now;
    fairness.met("stop");
  }

  void grant(List<Exemption> exemptions) {
    granted = exemptions;
    fairness.met("exemption");
  }

  void publish(List<Rule> rules) {
    published = rules;
    fairness.met(rules.isEmpty() ? "withdrawn" : "new date");
  }

  private void answer(RuleId rule, String user) throws IOException {
    if (state != LifePlan.Power.ON || board.posted().standing() == null) {
      return;
    }
    board.refresh();
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> {
        var until = clock.now().plus(Duration.ofHours(1 + random.nextInt(60)));
        var said = ask("remind", rule, user, Map.of("until", until.toString()));
        if (said.get("until") instanceof Json.Text(var promised)) {
          fairness.remindPromised(now(), rule, user, Instant.parse(promised));
        }
      }
      case 3, 4, 5 -> {
        var said = ask("defer", rule, user, Map.of());
        if (said.get("date") instanceof Json.Text(var date)) {
          fairness.putOff(now(), rule, people(rule), Instant.parse(date));
        }
      }
      case 6 -> {
        if (ask("remove", rule, user, Map.of()).get("done") != null) {
          fairness.removeNow(rule, user);
        }
      }
      case 7 -> request(rule, user);
      default -> dispute(rule, user);
    }
  }

  private void request(RuleId rule, String user) throws IOException {
    var until = clock.now().plus(Duration.ofDays(20)).atZone(zone).toLocalDate();
    var with = Map.of("until", until.toString(), "reason", "needed");
    var said = ask("request-exemption", rule, user, with);
    if (!(said.get("request") instanceof Json.Text(var id))) {
      return;
    }
    var waits = said.get("waits-until") instanceof Json.Text(var at) ? Instant.parse(at) : null;
    fairness.requested(now(), rule, waits);
    if (random.nextBoolean()) {
      in(
          Duration.ofHours(2 + random.nextInt(48)),
          "request refused",
          () -> {
            refused = new ArrayList<>(refused);
            refused.add(new Refusal(id, rule, DEVICE, "Li Na", "no", "it@example.com", real()));
          });
    }
  }

  private void dispute(RuleId rule, String user) throws IOException {
    for (var item : items) {
      if (is(item, rule) && (item.owner() == null || item.owner().user().equals(user))) {
        var said = ask("dispute", rule, user, Map.of("finding", key(item), "reason", "mine"));
        if (said.get("done") != null) {
          disputed.add(rule + key(item));
          fairness.met("disputed");
        }
        return;
      }
    }
  }

  private Json.Obj ask(String verb, RuleId rule, String user, Map<String, String> with)
      throws IOException {
    var said = (Json.Obj) answering.answer(new Question(verb, rule.value(), with), user);
    tell("%s asks to %s %s %s: %s", user, verb, rule, with, said);
    return said;
  }

  /// Everything that happened, a line each.
  String story() {
    return plan
        + "\n"
        + story.stream()
            .map(line ->
                "%s (trusted %s, %s) %s"
                    .formatted(
                        line.real(),
                        line.trusted(),
                        line.real().atZone(zone).toLocalDateTime(),
                        line.what().formatted(line.about())))
            .collect(Collectors.joining("\n"));
  }
}
