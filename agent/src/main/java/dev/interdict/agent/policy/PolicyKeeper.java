package dev.interdict.agent.policy;

import dev.interdict.offline.CodeDocument;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Stop;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Problem;
import dev.interdict.trust.DirectoryFetcher;
import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.DurableFile;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.Rotations;
import dev.interdict.trust.TargetResult;
import dev.interdict.trust.Updater;
import dev.interdict.trust.metadata.LogHead;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps the verified policy on disk and reads it back, verified again each time. Not thread-safe.
public final class PolicyKeeper {
  private static final String INITIAL_ROOT = "initial-root.json";

  private final byte[] initialRoot;
  private final Path trust;
  private final DeviceId device;

  /// Whether the files that were taken last, all of them verified, hold no list. Not kept on disk:
  /// after a start the first contact tells.
  private boolean unpublished;

  /// What taking in staged files came to.
  ///
  /// @param changed whether a signed document differs from before
  /// @param problem null if all of it verified
  /// @param message in words, for the log
  /// @param issued when what is verified now was signed
  public record Taken(boolean changed, @Nullable Problem problem, String message, Issued issued) {}

  /// When verified files were signed: lower bounds of the present, also where a file has expired.
  ///
  /// @param offline the newest of the files that people sign; null if none says so
  /// @param online the timestamp's, which the server signs by itself; null if unsaid
  /// @param log how far the server's audit log was by that timestamp; null if unsaid
  public record Issued(
      @Nullable Instant offline, @Nullable Instant online, @Nullable LogHead log) {}

  private PolicyKeeper(byte[] initialRoot, Path trust, DeviceId device) {
    this.initialRoot = initialRoot;
    this.trust = trust;
    this.device = device;
  }

  /// Writes down the root that this device starts from; it came with the enrolment's pin. What an
  /// earlier try left there, perhaps of another server, goes.
  public static void begin(Path trust, byte[] initialRoot) throws IOException {
    if (Files.exists(trust)) {
      try (var walk = Files.walk(trust)) {
        for (var file : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    DurableFile.write(trust.resolve(INITIAL_ROOT), initialRoot);
  }

  /// Opens what [#begin] started.
  ///
  /// @throws IOException if the initial root cannot be read, or is damaged
  public static PolicyKeeper open(Path trust, DeviceId device) throws IOException {
    var root = DurableFile.read(trust.resolve(INITIAL_ROOT), Limits.STANDARD.root());
    if (root == null) {
      throw new IOException(trust + " holds no initial root; enrol this device anew");
    }
    var keeper = new PolicyKeeper(root, trust, device);
    try {
      keeper.updater(trust);
    } catch (IllegalStateException e) {
      throw new IOException(e.getMessage() + "; enrol this device anew", e);
    }
    return keeper;
  }

  /// The signed documents that concern this device, in the order in which they are taken: what
  /// makes the device do less comes first, so that no new list is in force without it.
  public List<String> targets() {
    return List.of(
        Stop.PATH, Exemptions.pathFor(device.value()), CodeDocument.PATH, Blocklist.PATH);
  }

  /// The root believed now.
  public Root root() {
    return updater(trust).root();
  }

  /// When the newest of the verified files that people sign was signed; null if none says so.
  public @Nullable Instant issued() {
    return issued(updater(trust)).offline();
  }

  private static Issued issued(Updater verified) {
    var list = verified.lastVerified(Blocklist.PATH);
    var top = verified.trusted().targets();
    var timestamp = verified.trusted().timestamp();
    var offline =
        Stream.of(
                verified.root().header().issued(),
                top == null ? null : top.header().issued(),
                list == null ? null : list.roleIssued())
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder());
    return new Issued(
        offline.orElse(null),
        timestamp == null ? null : timestamp.header().issued(),
        timestamp == null ? null : timestamp.log());
  }

  /// Verifies what the worker has staged and keeps what passes.
  ///
  /// @param start the likely time, by which expiry is judged
  /// @param rotations may correct it where a root withdraws a key by which the time was stated
  public Taken take(Path stage, Instant start, Rotations rotations) {
    var updater = updater(stage);
    var taken = take(updater, start, rotations);
    return new Taken(taken.changed(), taken.problem(), taken.message(), issued(updater));
  }

  private record Outcome(boolean changed, @Nullable Problem problem, String message) {}

  private Outcome take(Updater updater, Instant start, Rotations rotations) {
    switch (updater.refresh(start, rotations)) {
      case RefreshResult.Unchanged _, RefreshResult.Updated _ -> {}
      case RefreshResult.Unreachable(var message) -> {
        return new Outcome(false, Problem.POLICY_UNREACHABLE, message);
      }
      case RefreshResult.Refused(var family, var message) -> {
        return new Outcome(false, problem(family), message);
      }
    }
    var changed = false;
    for (var path : targets()) {
      switch (updater.target(path)) {
        case TargetResult.Found(var _, var isNew) -> {
          changed |= isNew;
          unpublished &= !path.equals(Blocklist.PATH);
        }
        case TargetResult.Absent _ -> unpublished |= path.equals(Blocklist.PATH);
        case TargetResult.Unreachable(var message) -> {
          return new Outcome(changed, Problem.POLICY_UNREACHABLE, message);
        }
        case TargetResult.Refused(var family, var message) -> {
          return new Outcome(changed, problem(family), message);
        }
      }
    }
    return new Outcome(changed, null, "");
  }

  private static Problem problem(RepositoryException.Family family) {
    return switch (family) {
      case ROLLBACK -> Problem.POLICY_ROLLED_BACK;
      case EXPIRED -> Problem.POLICY_STALE;
      case MISSING -> Problem.POLICY_UNREACHABLE;
      case MALFORMED, SIGNATURE, MISMATCH, LIMIT -> Problem.POLICY_TAMPERED;
    };
  }

  /// The policy as verified last, whether the server is there or not.
  public TrustedPolicy current(Instant now) {
    return PolicyReading.read(updater(trust), device, now, unpublished);
  }

  private Updater updater(Path from) {
    try {
      return new Updater(
          initialRoot, new DirectoryStore(trust), new DirectoryFetcher(from), Limits.STANDARD);
    } catch (RepositoryException e) {
      throw new IllegalStateException(
          "the initial root in " + trust + " is unusable: " + e.getMessage(), e);
    }
  }
}
