package dev.interdict.demo.fleet;

import dev.interdict.report.EnrolRequest;
import dev.interdict.report.ReportId;
import dev.interdict.report.ReportJson;
import dev.interdict.wire.DeviceKey;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A simulated device at work: it keeps the one chain of reports that the server holds it to.
/// Thread-safe; sends one report after the other.
final class FleetDevice {
  private final ReentrantLock turn = new ReentrantLock();
  private final Life life;
  private final Post post;
  private final SplittableRandom random;
  private long sequence;
  private @Nullable String previous;
  private @Nullable Standing standing;

  /// How it stood in its last report.
  private record Standing(Reports reports, Condition condition) {}

  /// Brings requests to the server. Seam.
  @FunctionalInterface
  interface Post {
    /// Returns once the server has accepted it.
    ///
    /// @throws IOException if it did not, after some tries
    void send(SignedPost what, Life sender, String nonce) throws IOException;
  }

  FleetDevice(Life life, Post post) {
    this.life = life;
    this.post = post;
    this.random = new SplittableRandom(life.reportSeed());
  }

  Life life() {
    return life;
  }

  void enrol(String token) throws IOException {
    var key = DeviceKey.hex(life.keys().getPublic());
    var body = new EnrolRequest(token, key, null, life.facts()).write();
    post.send(new SignedPost(Routes.ENROL, body, 0), life, nonce());
  }

  /// Reports that it stands so from now on.
  void report(Reports reports, Condition now, Instant at) throws IOException {
    turn.lock();
    try {
      var id = new ReportId(HexFormat.of().formatHex(bytes(16)));
      var bytes = ReportJson.write(reports.of(life, now, id, sequence + 1, previous, at));
      post.send(new SignedPost(Routes.REPORTS, bytes, sequence + 1), life, nonce());
      sequence++;
      previous = ReportJson.hash(bytes);
      standing = new Standing(reports, now);
    } finally {
      turn.unlock();
    }
  }

  /// Reports that nothing has changed, as agents do from time to time.
  void reportAgain(Instant at) throws IOException {
    turn.lock();
    try {
      if (standing != null) {
        report(standing.reports(), standing.condition().unchanged(), at);
      }
    } finally {
      turn.unlock();
    }
  }

  private String nonce() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(18));
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    synchronized (random) {
      random.nextBytes(bytes);
    }
    return bytes;
  }
}
