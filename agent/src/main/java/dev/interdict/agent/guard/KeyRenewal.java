package dev.interdict.agent.guard;

import dev.interdict.agent.state.DeviceKeys;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.SigningKey;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.report.DeviceId;
import dev.interdict.wire.KeyReplacement;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which key this device signs with, and its replacement by age or because an administrator wants
/// it. Both keys are on disk before the new one is offered, and it is offered, by the old one,
/// until the server says clearly what became of it: one that has the new key says so again. So
/// whatever is interrupted goes on. After an offer without an answer nothing but the offer is
/// signed with the old key, which would look like a second machine. For one thread.
final class KeyRenewal {
  /// The age at which a key is replaced at the latest.
  static final Duration AGE = Duration.ofDays(365);

  /// Devices that began on one day are spread over so many days before that.
  private static final int SPREAD = 60;

  /// For how long a server that does not want the key, or does not know how, is left alone.
  static final Duration PAUSE = Duration.ofDays(1);

  private static final Set<Integer> DONE = Set.of(200, 204);
  private static final Set<Integer> NEVER = Set.of(400, 401, 403, 404, 405, 409, 413, 422);
  private static final int UNPROVEN = 401;

  private final StateDirectory state;
  private final DeviceId device;
  private DeviceKeys keys;
  private boolean doubted;
  private boolean offering;
  private @Nullable Instant quietUntil;

  KeyRenewal(StateDirectory state, Enrolment enrolment) throws IOException {
    this.state = state;
    this.device = enrolment.device();
    this.keys = DeviceKeys.load(state, enrolment);
  }

  /// Begins an exchange: decides on its key.
  void begin(Instant now) throws IOException {
    if (Files.exists(state.keyWish())) {
      if (!isOpen()) {
        keep(keys.renewed());
      }
      quietUntil = null;
      Files.deleteIfExists(state.keyWish());
    }
    var quiet = quietUntil != null && now.isBefore(quietUntil);
    offering = isOpen() && !quiet || keys.to() != null && doubted;
    doubted = false;
  }

  /// Whether a new key was made that the server is not known to have.
  private boolean isOpen() {
    return keys.to() != null && !keys.taken();
  }

  /// Whether this exchange begins with an offer. What follows it is signed with the key offered.
  boolean isOffering() {
    return offering;
  }

  /// What this exchange's requests are signed with, but for the offer.
  SigningKey key() {
    return offering ? Objects.requireNonNull(keys.to()) : keys.current();
  }

  /// What the offer is signed with.
  SigningKey offeredBy() {
    return keys.from();
  }

  KeyReplacement offer(Instant at) {
    var to = Objects.requireNonNull(keys.to());
    return KeyReplacement.prove(device, keys.from().publicKey(), to.publicKey(), to.key(), at);
  }

  /// What the server answered to the offer; no answer, and one that may come to another, leave it
  /// open.
  void answered(int status, Instant now) throws IOException {
    if (DONE.contains(status)) {
      if (!keys.taken()) {
        keep(keys.took(now));
      }
    } else if (NEVER.contains(status)) {
      quietUntil = now.plus(PAUSE);
    }
  }

  /// What the server answered to anything else: one that does not know the key has the other.
  void heard(int status) {
    if (status == UNPROVEN && !offering) {
      doubted = true;
    }
  }

  /// Ends an exchange in which the server was reached: a key that is old enough is to be replaced
  /// in the next.
  void age(Instant now) throws IOException {
    var since = keys.since();
    if (since == null) {
      keep(keys.noted(now));
    } else if (!isOpen() && !now.isBefore(since.plus(AGE).minus(early()))) {
      keep(keys.renewed());
    }
  }

  private Duration early() {
    return Duration.ofDays(Long.parseLong(device.value().substring(0, 8), 16) % SPREAD);
  }

  private void keep(DeviceKeys next) throws IOException {
    next.save(state.deviceKeys());
    keys = next;
  }
}
