package dev.interdict.agent.guard;

import dev.interdict.agent.report.Outbox;
import dev.interdict.agent.state.ClockFile;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.SigningKey;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.Uplink;
import dev.interdict.agent.sync.Stage;
import dev.interdict.agent.sync.SyncJob;
import dev.interdict.agent.sync.SyncResult;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.trust.TimeStatement;
import dev.interdict.wire.Farewell;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes this device off its server: the reports that wait and a signed farewell go there, then the
/// device's identity goes. What was taken into quarantine and the memory of what was done stay. No
/// guard runs meanwhile: its lock on the quarantine is held here.
public final class Leaving {
  /// The worker's own bounds are for a whole exchange; a computer that is being shut down or loses
  /// its package does not wait so long.
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private static final int MOST_REPORTS = 20;
  private static final int MEGABYTES = 64;
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final long OFFER = 0;

  private final StateDirectory state;
  private final Carrier carrier;
  private final InstantSource clock;
  private final SecureRandom random;

  /// @param clock what requests are dated by
  Leaving(StateDirectory state, Carrier carrier, InstantSource clock, SecureRandom random) {
    this.state = state;
    this.carrier = carrier;
    this.clock = clock;
    this.random = random;
  }

  /// One that sends through a worker without root's rights, as the guard does.
  ///
  /// @throws IOException if the worker's program cannot be told
  public static Leaving of(StateDirectory state) throws IOException {
    var self = SelfLaunch.ofThisProcess();
    var confinement = ThisSystem.confinement(self.line(MEGABYTES, List.of()));
    var sync = self.command(MEGABYTES, List.of("sync"), LIMIT);
    return new Leaving(
        state,
        new SyncProcess(confinement.sync(sync), new Stage(state.trust(), state.stage())),
        time(state),
        new SecureRandom());
  }

  /// The clock that the guard left; without it this computer's own.
  private static InstantSource time(StateDirectory state) {
    var mark = ClockFile.load(state.clock());
    var trusted =
        new TrustedClock(BootClocks.ofThisSystem(), InstantSource.system(), mark, Instant.EPOCH);
    return trusted::serverTime;
  }

  /// What came of it. In each case the device is enrolled no more.
  public sealed interface Outcome {
    /// The server has noted it.
    record Told(URI server) implements Outcome {}

    /// The server does not know; there it looks as if the device had fallen silent.
    ///
    /// @param server null where the enrolment was damaged
    /// @param device likewise
    record Untold(@Nullable URI server, @Nullable String device, String why) implements Outcome {}

    /// It was not enrolled.
    record NotEnrolled() implements Outcome {}
  }

  /// Leaves.
  ///
  /// @throws IOException if a guard runs, or the identity cannot be removed
  public Outcome leave() throws IOException {
    try (var alone = ThisSystem.open(Path.of("/"), state.quarantine(), RETENTION, clock)) {
      Objects.requireNonNull(alone);
      var outcome = farewell();
      Enrolment.forget(state);
      return outcome;
    }
  }

  private Outcome farewell() {
    Enrolment enrolment;
    try {
      enrolment = Enrolment.load(state);
    } catch (IOException e) {
      return new Outcome.Untold(null, null, String.valueOf(e.getMessage()));
    }
    if (enrolment == null) {
      return new Outcome.NotEnrolled();
    }
    try {
      var why = tell(enrolment);
      return why == null
          ? new Outcome.Told(enrolment.server())
          : new Outcome.Untold(enrolment.server(), enrolment.device().value(), why);
    } catch (IOException e) {
      return new Outcome.Untold(
          enrolment.server(), enrolment.device().value(), String.valueOf(e.getMessage()));
    }
  }

  /// Why the server does not know, or null.
  private @Nullable String tell(Enrolment enrolment) throws IOException {
    var outbox = Outbox.open(state.outbox());
    var waiting = outbox.waiting();
    var sending = waiting.subList(0, Math.min(MOST_REPORTS, waiting.size()));
    var sequence = outbox.sequence() + 1;
    var answer = send(enrolment, sending, sequence, waiting.size() - sending.size());
    if (answer.status() == 409 && answer.expected() > sequence) {
      // The device was set back to an earlier time: the server has later reports of it.
      answer = send(enrolment, List.of(), answer.expected(), waiting.size());
    }
    return answer.why();
  }

  /// What became of the farewell.
  ///
  /// @param status 0 where there was no answer to it
  private record Answer(int status, long expected, String message) {
    @Nullable String why() {
      return switch (status) {
        case 200, 204 -> null;
        case 0 -> message;
        default -> "it answered " + status;
      };
    }
  }

  private Answer send(
      Enrolment enrolment, List<Outbox.Waiting> reports, long sequence, int undelivered)
      throws IOException {
    var keys = new KeyRenewal(state, enrolment);
    var at = clock.instant();
    keys.begin(at);
    var posts = new ArrayList<SyncJob.Post>();
    var bodies = new ArrayList<byte[]>();
    if (keys.isOffering()) {
      // A key that was offered may be the only one that the server takes by now.
      var offer = keys.offer(at).write();
      posts.add(post(enrolment, Routes.KEY, OFFER, offer, at, keys.offeredBy()));
      bodies.add(offer);
    }
    for (var report : reports) {
      posts.add(post(enrolment, Routes.REPORTS, report.sequence(), report.bytes(), at, keys.key()));
      bodies.add(report.bytes());
    }
    var farewell = new Farewell(enrolment.device(), undelivered).write();
    posts.add(post(enrolment, Routes.UNENROL, sequence, farewell, at, keys.key()));
    bodies.add(farewell);
    var nonce = new byte[TimeStatement.NONCE_BYTES];
    random.nextBytes(nonce);
    var job =
        new SyncJob(
            enrolment.server(),
            at,
            HexFormat.of().formatHex(nonce),
            List.of(),
            posts,
            List.of(),
            Uplink.load(state));
    return answer(carrier.carry(job, bodies), sequence);
  }

  private static Answer answer(SyncResult result, long sequence) {
    return result.answers().stream()
        .filter(one -> one.sequence() == sequence)
        .findFirst()
        .map(one -> new Answer(one.status(), one.expected(), ""))
        .orElseGet(() ->
            new Answer(
                0, 0, result.message().isBlank() ? "it was not answered" : result.message()));
  }

  private SyncJob.Post post(
      Enrolment enrolment, String path, long sequence, byte[] body, Instant at, SigningKey key) {
    return DeviceRequest.sign(
        enrolment.device(), path, sequence, body, DeviceRequest.nonce(random), at, key);
  }
}
