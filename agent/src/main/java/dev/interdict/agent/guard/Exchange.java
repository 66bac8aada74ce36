package dev.interdict.agent.guard;

import dev.interdict.agent.policy.LogWitness;
import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.report.Looks;
import dev.interdict.agent.report.Outbox;
import dev.interdict.agent.state.ClockFile;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.SigningKey;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.Uplink;
import dev.interdict.agent.sync.SyncJob;
import dev.interdict.agent.sync.SyncResult;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.policy.Beacon;
import dev.interdict.report.Problem;
import dev.interdict.trust.TimeStatement;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.Root;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One exchange with the server through the worker: the time, the policy, the waiting reports. The
/// requests are signed here, since the key stays here; what comes back is judged here.
final class Exchange {
  /// The sequence of an offer of a new key, which no report has.
  private static final long OFFER = 0;

  private final StateDirectory state;
  private final Enrolment enrolment;
  private final PolicyKeeper policies;
  private final TrustedClock clock;
  private final Carrier carrier;
  private final Events events;
  private final SecureRandom random;
  private final Looks looks;
  private final KeyRenewal keys;
  private final LogWitness witness;
  private final Deliveries deliveries;
  private Set<String> marks = Set.of();
  private boolean wantsWhole;
  private int nextContact;

  Exchange(
      StateDirectory state,
      Enrolment enrolment,
      PolicyKeeper policies,
      Outbox outbox,
      TrustedClock clock,
      Carrier carrier,
      Events events,
      Looks looks,
      SecureRandom random)
      throws IOException {
    this.state = state;
    this.enrolment = enrolment;
    this.policies = policies;
    this.clock = clock;
    this.carrier = carrier;
    this.events = events;
    this.looks = looks;
    this.random = random;
    this.keys = new KeyRenewal(state, enrolment);
    this.witness = LogWitness.open(state.logHeads());
    this.deliveries = new Deliveries(outbox, events);
  }

  /// No other way is tried where the one that an administrator chose cannot be read.
  private SyncResult carried(byte[] nonce, List<SyncJob.Post> posts, List<byte[]> bodies) {
    Uplink uplink;
    try {
      uplink = Uplink.load(state);
    } catch (IOException e) {
      return SyncResult.unreached(String.valueOf(e.getMessage()));
    }
    return carrier.carry(
        new SyncJob(
            enrolment.server(),
            clock.now(),
            HexFormat.of().formatHex(nonce),
            policies.targets(),
            posts,
            beacons(),
            uplink),
        bodies);
  }

  /// What an exchange came to.
  ///
  /// @param reached whether the server answered
  /// @param changed whether a signed document differs from before
  /// @param problems for the next report
  /// @param refused reports that the server will never take
  record Outcome(boolean reached, boolean changed, Set<Problem> problems, Set<Long> refused) {
    Outcome {
      problems = Set.copyOf(problems);
      refused = Set.copyOf(refused);
    }
  }

  /// Keys of the marks of networks that were reached in the last exchange.
  Set<String> marks() {
    return marks;
  }

  /// Whether the server asked, in the last exchange, for the whole report in place of the
  /// heartbeat.
  boolean wantsWhole() {
    return wantsWhole;
  }

  /// In how many seconds the server asked, in the last exchange, to come again; 0 if it did not.
  int nextContact() {
    return nextContact;
  }

  Outcome run() throws IOException {
    return run(false);
  }

  /// @param quiet whether there is nothing new to tell, so that a heartbeat is enough
  Outcome run(boolean quiet) throws IOException {
    wantsWhole = false;
    nextContact = 0;
    var nonce = new byte[TimeStatement.NONCE_BYTES];
    random.nextBytes(nonce);
    keys.begin(clock.now());
    var sending = deliveries.sending();
    var heartbeat = quiet && sending.isEmpty() ? deliveries.heartbeat(nonce()) : null;
    var posts = new ArrayList<>(sending.stream().map(this::post).toList());
    var bodies = new ArrayList<>(sending.stream().map(Outbox.Waiting::bytes).toList());
    if (heartbeat != null) {
      posts.add(post(heartbeat));
      bodies.add(heartbeat.body());
    }
    if (keys.isOffering()) {
      // First, since what follows is signed with the key that it offers.
      var at = clock.serverTime();
      var offer = keys.offer(at).write();
      posts.addFirst(post(Routes.KEY, OFFER, offer, nonce(), at, keys.offeredBy()));
      bodies.addFirst(offer);
    }
    var result = carried(nonce, posts, bodies);
    var problems = EnumSet.noneOf(Problem.class);
    var before = policies.root().version();
    marks = result.beacons().stream().map(Beacon::key).collect(Collectors.toSet());
    looks.add(result.looks());
    var doubt = hear(result, nonce);
    var refused = deliveries.deliver(result, sending, problems);
    if (heartbeat != null) {
      wantsWhole = deliveries.beaten(result, heartbeat);
    }
    for (var answer : result.answers()) {
      nextContact = Math.max(nextContact, answer.retryAfter());
    }
    renew(result);
    if (!problems.contains(Problem.HISTORY_RESUMED)) {
      settle();
    }
    if (!result.reached()) {
      problems.add(Problem.POLICY_UNREACHABLE);
      events.on(new Event.PolicyProblem(Problem.POLICY_UNREACHABLE, result.message(), false));
      return new Outcome(false, false, problems, refused);
    }
    keys.age(clock.now());
    var changed = take(problems).changed();
    if (policies.root().version() > before) {
      // Signed by a key that only the new root names, or by one that it withdraws.
      doubt = hear(result, nonce);
    }
    if (doubt != null) {
      say(Problem.CLOCK_UNTRUSTED, doubt, problems);
    }
    return new Outcome(true, changed, problems, refused);
  }

  /// The hosts by which the rules in force know a network.
  private List<Beacon> beacons() {
    return policies.current(clock.now()).blocklist().rules().stream()
        .flatMap(rule -> rule.scope().corporate().stream())
        .distinct()
        .toList();
  }

  private void say(Problem problem, String message, Set<Problem> problems) {
    problems.add(problem);
    events.on(new Event.PolicyProblem(problem, message));
  }

  private PolicyKeeper.Taken take(Set<Problem> problems) throws IOException {
    var start = clock.estimate();
    var taken = policies.take(state.stage(), start, this::rotated);
    learn(taken.issued());
    witness(taken.issued(), problems);
    if (taken.problem() != null) {
      say(taken.problem(), taken.message(), problems);
      if (taken.problem() == Problem.POLICY_STALE && start.isAfter(clock.now())) {
        say(
            Problem.CLOCK_UNTRUSTED,
            "expired by this computer's own clock, which nothing has confirmed: " + start,
            problems);
      }
    } else if (taken.changed()) {
      var policy = policies.current(clock.now());
      events.on(
          new Event.PolicyTaken(policy.blocklist().serial(), policy.blocklist().rules().size()));
    }
    return taken;
  }

  private void witness(PolicyKeeper.Issued issued, Set<Problem> problems) {
    if (issued.log() != null && issued.online() != null) {
      var wrong = witness.see(issued.log(), issued.online());
      if (wrong != null) {
        say(Problem.LOG_CONTRADICTED, wrong, problems);
      }
    }
  }

  private void learn(PolicyKeeper.Issued issued) {
    if (issued.offline() != null) {
      clock.vouched(issued.offline());
    }
    if (issued.online() != null) {
      clock.read(issued.online());
    }
  }

  /// What the withdrawn key stated may be why time stands where it does. On disk before the root
  /// is: what is interrupted here comes by again.
  private Instant rotated(Root next, Instant start) {
    var issued = next.header().issued();
    if (issued == null) {
      return start;
    }
    clock.reset(issued);
    try {
      ClockFile.save(state.clock(), clock.mark());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return clock.estimate();
  }

  private SyncJob.Post post(Outbox.Waiting waiting) {
    return post(Routes.REPORTS, waiting.sequence(), waiting.bytes(), nonce());
  }

  private SyncJob.Post post(Deliveries.Beating heartbeat) {
    return post(Routes.HEARTBEAT, heartbeat.sequence(), heartbeat.body(), heartbeat.nonce());
  }

  private String nonce() {
    return DeviceRequest.nonce(random);
  }

  private void renew(SyncResult result) throws IOException {
    for (var answer : result.answers()) {
      if (answer.sequence() != OFFER) {
        keys.heard(answer.status());
      } else if (keys.isOffering()) {
        keys.answered(answer.status(), clock.now());
      }
    }
  }

  private SyncJob.Post post(String path, long sequence, byte[] body, String nonce) {
    return post(path, sequence, body, nonce, clock.serverTime(), keys.key());
  }

  private SyncJob.Post post(
      String path, long sequence, byte[] body, String nonce, Instant at, SigningKey key) {
    return DeviceRequest.sign(enrolment.device(), path, sequence, body, nonce, at, key);
  }

  /// A statement that does not verify is no statement: the clock goes on as it was.
  ///
  /// @return why it does not, or null
  private @Nullable String hear(SyncResult result, byte[] nonce) {
    var answer = result.time();
    if (answer == null) {
      return null;
    }
    try {
      var bytes = answer.getBytes(StandardCharsets.UTF_8);
      clock.heard(TimeStatement.verify(bytes, nonce, policies.root()).now());
      return null;
    } catch (RepositoryException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// As [Deliveries#settle], of the last run.
  void settle() throws IOException {
    deliveries.settle();
  }
}
