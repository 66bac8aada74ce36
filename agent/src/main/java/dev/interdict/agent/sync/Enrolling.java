package dev.interdict.agent.sync;

import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.report.Reporting;
import dev.interdict.agent.state.ClockFile;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.FailedJoin;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.ThisDevice;
import dev.interdict.agent.state.Uplink;
import dev.interdict.agent.time.BootClock;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Collection;
import dev.interdict.report.EnrolAnswer;
import dev.interdict.report.EnrolRequest;
import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.TargetResult;
import dev.interdict.trust.TimeStatement;
import dev.interdict.trust.Updater;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.Root;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.Headers;
import dev.interdict.wire.MessageSignature;
import dev.interdict.wire.RequestParts;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// Joins this device to a server: checks the root against the pin that the administrator handed
/// over, makes the device's key, presents it with the token, and takes the server's signed time to
/// start from.
public final class Enrolling {
  private static final int MOST_ANSWER = EnrolAnswer.MOST_BYTES;

  private final URI server;
  private final Uplink uplink;
  private final StateDirectory state;
  private final BootClock bootClock;
  private final InstantSource wall;
  private final SecureRandom random;

  /// @param server base address of the device listener: https, or http on a loopback address
  /// @throws IllegalArgumentException if it is neither
  public Enrolling(
      URI server,
      Uplink uplink,
      StateDirectory state,
      BootClock bootClock,
      InstantSource wall,
      SecureRandom random) {
    if (!"https".equals(server.getScheme()) && !loopback(server)) {
      throw new IllegalArgumentException(
          "the server's address " + server + " must start with https://");
    }
    this.server = server;
    this.uplink = uplink;
    this.state = state;
    this.bootClock = bootClock;
    this.wall = wall;
    this.random = random;
  }

  private static boolean loopback(URI server) {
    var host = server.getHost();
    return "http".equals(server.getScheme())
        && host != null
        && (host.equals("127.0.0.1") || host.equals("[::1]") || host.equals("localhost"));
  }

  /// Enrols.
  ///
  /// @param token the enrolment secret
  /// @param pin SHA-256 of the repository's first root, 64 lower-case hex digits
  /// @throws IOException if anything does not hold; the message says what and what to do
  public Enrolment enrol(String token, String pin) throws IOException {
    try (var channel =
        FileChannel.open(state.enrolling(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(channel);
      return alone(token, pin);
    }
  }

  /// Two at once would each make a key, and the later one leave the earlier one's device behind.
  /// The system lets go of the lock when the process ends, however it ends.
  private void lock(FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException(
          "another enrolment is running with " + state.path() + "; wait for it, then try again");
    }
  }

  private Enrolment alone(String token, String pin) throws IOException {
    var before = Enrolment.load(state);
    if (before != null) {
      throw new IOException(
          "this device is enrolled already, as " + before.device() + " with " + before.server());
    }
    try {
      var enrolment = join(token, pin);
      forget();
      return enrolment;
    } catch (IOException e) {
      remember(e);
      throw e;
    }
  }

  /// It has joined, whatever is left of a try before.
  private void forget() {
    try {
      FailedJoin.forget(state);
    } catch (IOException e) {
      // `doctor` reads it only where nothing has joined; the next try writes over it.
    }
  }

  /// For `doctor`. Where it cannot be kept, the reason itself is what has to be told.
  private void remember(IOException reason) {
    try {
      new FailedJoin(wall.instant(), String.valueOf(reason.getMessage())).save(state);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private Enrolment join(String token, String pin) throws IOException {
    try (var http = new Http(server, uplink)) {
      var root = pinnedRoot(http, pin);
      PolicyKeeper.begin(state.trust(), root);
      var enrolment = Enrolment.begin(server, state);
      var updater = updater(http, root);
      var answer = present(http, enrolment, token, ceiling(updater));
      var admitted = enrolment.in(answer.groups());
      uplink.save(state);
      ClockFile.save(state.clock(), beginning(http, updater.root()));
      admitted.save(state);
      return admitted;
    }
  }

  private byte[] pinnedRoot(Http http, String pin) throws IOException {
    var limit = Limits.STANDARD.root();
    var answer = http.get(Routes.TUF + "1.root.json", limit);
    if (answer.status() != 200) {
      throw new IOException(
          server
              + " answered "
              + answer.status()
              + " for its first root; is this the address of the device listener?");
    }
    var hash = HexFormat.of().formatHex(sha256(answer.body()));
    if (!hash.equals(pin)) {
      throw new IOException(
          "the root at "
              + server
              + " is sha256:"
              + hash
              + ", not the one you were told to trust; ask your administrator before you go on");
    }
    return answer.body();
  }

  private EnrolAnswer present(Http http, Enrolment enrolment, String token, Collection ceiling)
      throws IOException {
    var device = Reporting.device(ThisDevice.describe(enrolment.device()), ceiling);
    // Where a computer's name is nobody's business, its serial is not either.
    var hardware = ceiling.hostName() ? ThisDevice.hardware() : null;
    var body = new EnrolRequest(token, enrolment.publicKey(), hardware, device).write();
    var digest = ContentDigest.of(body);
    var parts = new RequestParts("POST", Routes.ENROL, null, digest, 0);
    var nonce = new byte[18];
    random.nextBytes(nonce);
    var signature =
        MessageSignature.sign(
            parts,
            wall.instant(),
            enrolment.device(),
            Base64.getUrlEncoder().withoutPadding().encodeToString(nonce),
            enrolment.key());
    var answer =
        http.post(
            Routes.ENROL,
            Map.of(
                Headers.CONTENT_DIGEST,
                digest,
                Headers.SEQUENCE,
                "0",
                Headers.SIGNATURE_INPUT,
                signature.inputField(parts),
                Headers.SIGNATURE,
                signature.signatureField()),
            body,
            MOST_ANSWER);
    return switch (answer.status()) {
      case 200, 201 -> admitted(answer.body(), enrolment);
      case 401, 403 ->
          throw new IOException(
              "the server refused the enrolment token: it is unknown, expired, used up or revoked;"
                  + " ask your administrator for a new one");
      default ->
          throw new IOException(
              "the server answered "
                  + answer.status()
                  + " to the enrolment: "
                  + Printable.of(answer.body()));
    };
  }

  private EnrolAnswer admitted(byte[] body, Enrolment enrolment) throws IOException {
    try {
      var answer = EnrolAnswer.read(body);
      if (answer.device().equals(enrolment.device())) {
        return answer;
      }
      throw new IOException(
          server + " admitted " + answer.device() + ", not this device, " + enrolment.device());
    } catch (JsonException e) {
      throw new IOException(
          server + " admitted this device with an answer that is not understood: " + e.getMessage(),
          e);
    }
  }

  /// The signed time, by the key that the newest root names, as far as it is borne out.
  private TrustedClock.Mark beginning(Http http, Root root) throws IOException {
    var nonce = new byte[TimeStatement.NONCE_BYTES];
    random.nextBytes(nonce);
    var question =
        JsonWriter.compact(Json.object().put("nonce", HexFormat.of().formatHex(nonce)).build());
    var answer = http.post(Routes.TIME, Map.of(), question, MOST_ANSWER);
    try {
      var issued = root.header().issued();
      var clock = new TrustedClock(bootClock, wall, null, issued == null ? Instant.EPOCH : issued);
      clock.heard(TimeStatement.verify(answer.body(), nonce, root).now());
      return clock.mark();
    } catch (RepositoryException e) {
      throw new IOException("the server's statement of time is not valid: " + e.getMessage(), e);
    }
  }

  private Updater updater(Http http, byte[] initialRoot) throws IOException {
    try {
      var fetcher = new StagingFetcher(http, new Stage(state.trust(), state.stage())::put);
      return new Updater(initialRoot, new DirectoryStore(state.trust()), fetcher, Limits.STANDARD);
    } catch (RepositoryException e) {
      throw new IOException("the server's first root cannot be used: " + e.getMessage(), e);
    }
  }

  /// What the signed list lets this device tell of itself, before it tells anything. A list that
  /// cannot be had or read allows the least; where none is published yet, nobody has decided.
  private static Collection ceiling(Updater updater) {
    // Without a trusted time nothing counts as expired yet; the guard checks expiry before it acts.
    return switch (updater.refresh(Instant.EPOCH)) {
      case RefreshResult.Unchanged _, RefreshResult.Updated _ ->
          switch (updater.target(Blocklist.PATH)) {
            case TargetResult.Found(var target, var _) -> ceiling(target.content());
            case TargetResult.Absent _ -> Collection.DEFAULT;
            case TargetResult.Refused _, TargetResult.Unreachable _ -> Collection.LEAST;
          };
      case RefreshResult.Refused _, RefreshResult.Unreachable _ -> Collection.LEAST;
    };
  }

  private static Collection ceiling(byte[] list) {
    try {
      return Blocklist.read(list).collection();
    } catch (JsonException e) {
      return Collection.LEAST;
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
