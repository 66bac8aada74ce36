package dev.interdict.trust.repository;

import dev.interdict.trust.Limits;
import dev.interdict.trust.TrustedMetadata;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.LogHead;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.TargetFile;
import dev.interdict.trust.metadata.Targets;
import dev.interdict.trust.metadata.Timestamp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A repository in a folder of static files with consistent snapshots (specification 1.0.34,
/// section 6): publishes what is signed, of which people sign what [Preparation] makes.
///
/// Every operation locks the folder, reads what is there, and shows the new state only after our
/// own client's rules have taken it; a [RepositoryException] means that nothing became visible.
/// Failures of the disk are [java.io.UncheckedIOException]; a clock that stands before the time of
/// the last timestamp is an [IllegalStateException]. Thread-safe.
public final class Repository {
  /// Time daemons step a clock back by this much, at most.
  private static final Duration SLACK = Duration.ofMinutes(5);

  private final RepositoryFiles folder;
  private final OnlineSigners online;
  private final Expiries expiries;
  private final InstantSource clock;
  private final Supplier<Optional<LogHead>> log;
  private final KnownState known;
  private final NextHeaders headers;

  private Repository(
      RepositoryFiles folder,
      KnownState known,
      OnlineSigners online,
      Expiries expiries,
      InstantSource clock,
      Supplier<Optional<LogHead>> log) {
    this.log = log;
    this.folder = folder;
    this.known = known;
    this.online = online;
    this.expiries = expiries;
    this.clock = clock;
    this.headers = new NextHeaders(folder, expiries, clock);
  }

  /// What the repository in the folder says now, for whoever signs nothing.
  public static RepositoryState read(Path folder) throws RepositoryException {
    return read(new RepositoryFolder(folder));
  }

  /// What the repository says now that is kept there.
  public static RepositoryState read(RepositoryFiles files) throws RepositoryException {
    return RepositoryState.load(files);
  }

  /// The files in a folder.
  public static RepositoryFiles files(Path folder) {
    return new RepositoryFolder(folder);
  }

  /// This repository with other keys of its own.
  public Repository with(OnlineSigners next) {
    return new Repository(folder, known, next, expiries, clock, log);
  }

  /// This repository by another clock. What is prepared twice of the same state for the same moment
  /// is the same, byte by byte.
  public Repository at(InstantSource moment) {
    return new Repository(folder, known, online, expiries, moment, log);
  }

  /// This repository, whose timestamps tell from now on how far a log is, each as it is then.
  public Repository witnessing(Supplier<Optional<LogHead>> head) {
    return new Repository(folder, known, online, expiries, clock, head);
  }

  /// Whether there is a root of that version, trusted or not; costs no more than a look.
  public boolean hasRoot(long version) {
    return folder.exists(RepositoryFiles.metadata(RoleName.ROOT, version));
  }

  /// A repository that is there already.
  public static Repository open(
      Path folder, OnlineSigners online, Expiries expiries, InstantSource clock) {
    return open(new RepositoryFolder(folder), online, expiries, clock);
  }

  /// One whose files are kept there.
  public static Repository open(
      RepositoryFiles files, OnlineSigners online, Expiries expiries, InstantSource clock) {
    return new Repository(files, new KnownState(files), online, expiries, clock, Optional::empty);
  }

  /// Makes a new repository: root, targets, the delegated roles without targets, snapshot and
  /// timestamp, all of version 1.
  ///
  /// @throws IllegalStateException if there is one already
  public static Repository create(Path folder, RepositoryPlan plan, InstantSource clock)
      throws RepositoryException {
    return create(new RepositoryFolder(folder), plan, clock);
  }

  /// As [#create(Path, RepositoryPlan, InstantSource)], with its files kept there.
  public static Repository create(RepositoryFiles files, RepositoryPlan plan, InstantSource clock)
      throws RepositoryException {
    var repository = open(files, plan.online(), plan.expiries(), clock);
    repository.folder.alone(() -> repository.begin(plan));
    return repository;
  }

  private RepositoryState begin(RepositoryPlan plan) throws RepositoryException {
    if (folder.exists("timestamp.json")) {
      throw new IllegalStateException("there is a repository in this folder already");
    }
    var roles =
        Map.of(
            RoleName.ROOT,
            plan.root().keys(),
            RoleName.TARGETS,
            plan.targets().keys(),
            RoleName.SNAPSHOT,
            new RoleKeys(List.of(online.snapshot().key()), 1),
            RoleName.TIMESTAMP,
            new RoleKeys(List.of(online.timestamp().key()), 1));
    var now = clock.instant();
    var time = new RoleKeys(List.of(plan.time()), 1);
    var root =
        SignedFile.sign(
            Root.write(headers.make(RoleName.ROOT, 1, now), roles, time), plan.root().signers());
    var files = new HashMap<RoleName, SignedFile>();
    var delegations = plan.delegated().stream().map(PlannedRole::delegation).toList();
    var top = Targets.write(headers.make(RoleName.TARGETS, 1, now), Map.of(), delegations);
    files.put(RoleName.TARGETS, SignedFile.sign(top, plan.targets().signers()));
    for (var role : plan.delegated()) {
      var empty = Targets.write(headers.make(role.name(), 1, now), Map.of(), List.of());
      files.put(role.name(), SignedFile.sign(empty, role.holders().signers()));
    }
    var start = TrustedMetadata.bootstrap(root.bytes());
    return new Step(folder, online, now, headers, log)
        .show(start, root, null, new Publication(files, Map.of()));
  }

  /// What the repository says now, verified but for expiry.
  public RepositoryState state() throws RepositoryException {
    if (folder.isTurning()) {
      return folder.alone(() -> RepositoryState.load(folder));
    }
    return RepositoryState.load(folder);
  }

  /// What the repository says now, for whoever looks and signs nothing by it: see [KnownState].
  public RepositoryState known() throws RepositoryException {
    return known.now();
  }

  /// What is served of a target now, as the role promises it; empty where the role has none there.
  public Optional<byte[]> content(RoleName role, String path) throws RepositoryException {
    return content(known(), role, path);
  }

  private Optional<byte[]> content(RepositoryState now, RoleName role, String path)
      throws RepositoryException {
    var promised = now.role(role).targets().get(path);
    if (promised == null) {
      return Optional.empty();
    }
    var name = RepositoryFiles.target(path, promised);
    var bytes = folder.need(name, Math.toIntExact(promised.length()));
    promised.check(bytes, path);
    return Optional.of(bytes);
  }

  /// The root to hand to clients at enrolment.
  public byte[] initialRoot() throws RepositoryException {
    return folder.need("1.root.json", Limits.STANDARD.root());
  }

  /// All roots from the first to the one trusted now, as served.
  public List<byte[]> roots() throws RepositoryException {
    var newest = state().trusted().root().version();
    var roots = new ArrayList<byte[]>();
    for (var version = 1L; version <= newest; version++) {
      roots.add(folder.need(version + ".root.json", Limits.STANDARD.root()));
    }
    return roots;
  }

  /// Passes over versions that clients are known to hold: what is signed next of a role, by
  /// whoever, has a higher one. For a repository that was set back to an old backup. Versions of
  /// roots cannot be passed over.
  public void passOver(Map<RoleName, Long> versions) throws RepositoryException {
    if (!versions.isEmpty()) {
      folder.alone(() -> {
        folder.passOver(versions);
        return versions;
      });
    }
  }

  /// Metadata for people to sign.
  public Preparation preparation() {
    return new Preparation(this, folder, headers);
  }

  /// Signs and publishes one target in place of exactly what whoever wants it has seen there, as
  /// the only writer from the look to the publication.
  ///
  /// @param seen null for none
  /// @return false if something else stands there by now; then nothing was done
  public synchronized boolean replace(
      RoleName role,
      String path,
      byte @Nullable [] seen,
      byte[] content,
      List<? extends Signer> signers)
      throws RepositoryException {
    return folder.alone(() -> {
      var now = state();
      if (!Arrays.equals(content(now, role, path).orElse(null), seen)) {
        return false;
      }
      var before = now.role(role);
      var targets = new HashMap<>(before.targets());
      targets.put(path, TargetFile.of(content));
      var next = Targets.write(headers.next(role, before), targets, before.delegations());
      var file = SignedFile.sign(next, signers);
      step(now.trusted())
          .show(
              now.trusted(), null, now, new Publication(Map.of(role, file), Map.of(path, content)));
      return true;
    });
  }

  /// Makes signed metadata and its contents visible, under a new snapshot and timestamp.
  public synchronized RepositoryState publish(Publication publication) throws RepositoryException {
    return folder.alone(() -> {
      var now = state();
      return step(now.trusted()).show(now.trusted(), null, now, publication);
    });
  }

  /// Prepares, signs and publishes one target of a role whose keys are at hand.
  public RepositoryState publish(
      RoleName role, String path, byte[] content, List<? extends Signer> signers)
      throws RepositoryException {
    var contents = Map.of(path, content);
    var file = signed(preparation().next(role, contents, List.of()), signers);
    return publish(new Publication(Map.of(role, file), contents));
  }

  /// Signs a role again without change, before its word ends.
  public RepositoryState renew(RoleName role, List<? extends Signer> signers)
      throws RepositoryException {
    return publish(
        Publication.of(role, signed(preparation().next(role, Map.of(), List.of()), signers)));
  }

  private static SignedFile signed(SignedFile file, List<? extends Signer> signers) {
    return SignedFile.sign(file.signed(), signers);
  }

  /// Makes the next root visible, together with whatever it makes necessary: targets signed by
  /// their new keys, say.
  ///
  /// @param next the keys to go on with, this repository's own where they did not change
  /// @return the repository to go on with
  public synchronized Repository rotateRoot(
      SignedFile root, Publication publication, OnlineSigners next) throws RepositoryException {
    var rotated = with(next);
    folder.alone(() -> {
      var now = state();
      var trusted = now.trusted().withRoot(root.bytes());
      return rotated.step(trusted).show(trusted, root, now, publication);
    });
    return rotated;
  }

  /// Signs a new timestamp over the same snapshot; to be done well within the timestamp's expiry.
  public synchronized Timestamp resignTimestamp() throws RepositoryException {
    return folder.alone(() -> {
      var now = state();
      var step = step(now.trusted());
      var file =
          step.timestamp(
              folder.next(RoleName.TIMESTAMP, now.timestamp().version()), now.snapshot());
      now.trusted()
          .withTimestamp(file.bytes(), step.now())
          .withSnapshot(now.snapshot().file().bytes(), step.now())
          .withTargets(now.role(RoleName.TARGETS).file().bytes(), step.now());
      folder.write("timestamp.json", file.bytes());
      return Timestamp.read(file.bytes());
    });
  }

  /// Signs a new snapshot of the same roles, and a timestamp.
  public RepositoryState resignSnapshot() throws RepositoryException {
    return publish(Publication.NOTHING);
  }

  /// Takes away what no client can want any more: see [Pruning]. To be done daily.
  ///
  /// @return the names of the files that were deleted
  public synchronized List<String> prune() throws RepositoryException {
    return folder.alone(() -> {
      var now = state();
      var issued = now.timestamp().header().issued();
      var present = clock.instant();
      if (issued == null || issued.isAfter(present)) {
        return List.of();
      }
      // By the time that was signed last, since a clock that jumped must not take anything away.
      var superseded = new Pruning(folder, now).superseded(issued);
      superseded.forEach(folder::delete);
      return superseded;
    });
  }

  private Step step(TrustedMetadata trusted) {
    return new Step(folder, online, present(trusted), headers, log);
  }

  /// The time to sign, which never goes back: clients and this repository would disagree on what is
  /// newer. Where an online key changes the comparison starts anew, which is the way out for a
  /// repository that once signed under a clock that was ahead.
  private Instant present(TrustedMetadata trusted) {
    var now = clock.instant();
    var last = trusted.timestamp() == null ? null : trusted.timestamp().header().issued();
    if (last == null || !now.isBefore(last)) {
      return now;
    }
    if (now.isBefore(last.minus(SLACK))) {
      throw new IllegalStateException(
          "the clock of this machine says "
              + now
              + ", but the timestamp in the repository was signed at "
              + last
              + "; nothing is signed with a time that goes back: set the clock right, or, if the"
              + " earlier time was the wrong one, replace the timestamp's key by a new root");
    }
    return last;
  }
}
