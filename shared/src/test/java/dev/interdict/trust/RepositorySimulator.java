package dev.interdict.trust;

import dev.interdict.json.Json;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.FileMeta;
import dev.interdict.trust.metadata.Hashes;
import dev.interdict.trust.metadata.Header;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.Snapshot;
import dev.interdict.trust.metadata.SuccinctRoles;
import dev.interdict.trust.metadata.TargetFile;
import dev.interdict.trust.metadata.Targets;
import dev.interdict.trust.metadata.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A repository in memory that signs, expires, rolls back, rotates and tampers on demand. Unlike
/// the real one it publishes anything.
///
/// Begins with version 1 of everything: one key a role, except two of two for `blocklist`, which
/// may sign `blocklist/*`. Not thread-safe.
public final class RepositorySimulator implements Fetcher {
  public static final RoleName BLOCKLIST = new RoleName("blocklist");

  private final SeededRandom random;
  private final Instant born;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Map<RoleName, List<Signer>> signers = new HashMap<>();
  private final Map<RoleName, Integer> thresholds = new HashMap<>();
  private final Map<RoleName, Long> versions = new HashMap<>();
  private final Map<RoleName, Instant> expiries = new HashMap<>();
  private final Map<RoleName, Map<String, TargetFile>> targets = new LinkedHashMap<>();
  private final Map<RoleName, List<Delegation>> delegations = new HashMap<>();
  private final Map<RoleName, SuccinctRoles> bins = new HashMap<>();
  private final Signer time;
  private boolean reachable = true;
  private boolean onlyVersions;
  private boolean consistent = true;
  private Schemes schemes = Schemes.ED25519;

  public RepositorySimulator(Instant born, long seed) {
    this.born = born;
    this.random = new SeededRandom(seed);
    this.time = newSigner();
    for (var role :
        List.of(RoleName.ROOT, RoleName.TARGETS, RoleName.SNAPSHOT, RoleName.TIMESTAMP)) {
      keys(role, 1, newSigner());
    }
    keys(BLOCKLIST, 2, newSigner(), newSigner());
    delegate(RoleName.TARGETS, BLOCKLIST, true, "blocklist/*");
    root();
    sign(BLOCKLIST);
    sign(RoleName.TARGETS);
    publish();
  }

  // What a client sees.

  @Override
  public byte @Nullable [] fetch(String path, int limit) throws UnreachableException {
    asked.add(path);
    if (!reachable) {
      throw new UnreachableException("the simulated network is down");
    }
    var bytes = files.get(path);
    return bytes == null || bytes.length <= limit
        ? bytes
        : java.util.Arrays.copyOf(bytes, limit + 1);
  }

  /// The paths asked for since the last call, in order.
  public List<String> asked() {
    var result = List.copyOf(asked);
    asked.clear();
    return result;
  }

  public byte[] initialRoot() {
    return file("1.root.json");
  }

  public Signer timeKey() {
    return time;
  }

  // Honest work.

  public Signer newSigner() {
    return Ed25519Signer.generate(random);
  }

  /// Sets a role's keys from its next signing on.
  public void keys(RoleName role, int threshold, Signer... holders) {
    signers.put(role, new ArrayList<>(List.of(holders)));
    thresholds.put(role, threshold);
  }

  public List<Signer> signers(RoleName role) {
    return signers.getOrDefault(role, List.of());
  }

  public void expires(RoleName role, Instant instant) {
    expiries.put(role, instant);
  }

  public void version(RoleName role, long next) {
    versions.put(role, next - 1);
  }

  /// From now on timestamp and snapshot promise no lengths and hashes, which they need not.
  public void promiseOnlyVersions() {
    onlyVersions = true;
  }

  /// From the next root on, file names carry no versions and hashes; all roles must be signed anew.
  public void inconsistent() {
    consistent = false;
  }

  /// What the next root allows beside Ed25519.
  public void allow(String... more) {
    schemes = Schemes.ED25519.and(List.of(more));
  }

  /// Delegates everything to hash bins, in place of all other delegations.
  public void bins(RoleName from, SuccinctRoles all) {
    bins.put(from, all);
  }

  /// Adds a delegation; the roles take effect with the next signing of `from`.
  public void delegate(RoleName from, RoleName to, boolean terminating, String... patterns) {
    var keys = new ArrayList<TufKey>();
    signers(to).forEach(signer -> keys.add(signer.key()));
    delegation(
        from,
        new Delegation(
            to,
            new RoleKeys(keys, thresholds.getOrDefault(to, 1)),
            new Delegation.Patterns(List.of(patterns)),
            terminating));
  }

  public void delegation(RoleName from, Delegation delegation) {
    delegations.computeIfAbsent(from, _ -> new ArrayList<>()).add(delegation);
  }

  public void noDelegations(RoleName from) {
    delegations.remove(from);
  }

  /// Lists a target in a role and signs the role.
  public void put(RoleName role, String path, byte[] content) {
    var target = TargetFile.of(content);
    put(role, path, target, content);
    sign(role);
  }

  /// Lists a target by a promise of its own, and serves its content.
  public void put(RoleName role, String path, TargetFile target, byte[] content) {
    targets.computeIfAbsent(role, _ -> new TreeMap<>()).put(path, target);
    files.put(RepositoryPaths.target(path, target, consistent), content);
  }

  public void remove(RoleName role, String path) {
    targets.computeIfAbsent(role, _ -> new TreeMap<>()).remove(path);
    sign(role);
  }

  /// Signs the next version of a targets role.
  public void sign(RoleName role) {
    var listed = targets.computeIfAbsent(role, _ -> new TreeMap<>());
    var all = bins.get(role);
    serve(
        role,
        all == null
            ? Targets.write(header(role), listed, delegations.getOrDefault(role, List.of()))
            : Targets.write(header(role), listed, all),
        signers(role));
  }

  /// Signs the next snapshot of all signed roles, and the next timestamp.
  public void publish() {
    snapshot();
    timestamp();
  }

  public void snapshot() {
    var meta = new TreeMap<RoleName, FileMeta>();
    for (var role : targets.keySet()) {
      meta.put(role, promise(role));
    }
    serve(
        RoleName.SNAPSHOT,
        Snapshot.write(header(RoleName.SNAPSHOT), meta),
        signers(RoleName.SNAPSHOT));
  }

  public void timestamp() {
    var promise = promise(RoleName.SNAPSHOT);
    serve(
        RoleName.TIMESTAMP,
        Timestamp.write(header(RoleName.TIMESTAMP), promise),
        signers(RoleName.TIMESTAMP));
  }

  /// Signs the next root with the keys set last, and with those `former` held.
  public void root(Signer... former) {
    var all = new ArrayList<>(signers(RoleName.ROOT));
    all.addAll(List.of(former));
    var roles = new HashMap<RoleName, RoleKeys>();
    for (var role :
        List.of(RoleName.ROOT, RoleName.TARGETS, RoleName.SNAPSHOT, RoleName.TIMESTAMP)) {
      var keys = new ArrayList<TufKey>();
      signers(role).forEach(signer -> keys.add(signer.key()));
      roles.put(role, new RoleKeys(keys, thresholds.getOrDefault(role, 1)));
    }
    var timeKeys = new RoleKeys(List.of(time.key()), 1);
    var document = Root.write(header(RoleName.ROOT), roles, timeKeys, schemes);
    var flag = consistent ? Json.Bool.TRUE : Json.Bool.FALSE;
    serve(RoleName.ROOT, JsonEdit.with(document, "consistent_snapshot", flag), all);
  }

  // Mischief.

  public void reachable(boolean yes) {
    reachable = yes;
  }

  /// All that is served, to be served again later.
  public Map<String, byte[]> copy() {
    return new TreeMap<>(files);
  }

  public void serve(Map<String, byte[]> earlier) {
    files.clear();
    files.putAll(earlier);
  }

  public byte[] file(String path) {
    var bytes = files.get(path);
    if (bytes == null) {
      throw new IllegalArgumentException("not served: " + path + ", but " + files.keySet());
    }
    return bytes;
  }

  public void tamper(String path, UnaryOperator<byte[]> change) {
    files.put(path, change.apply(file(path).clone()));
  }

  /// Serves under `path` what is served under `other`.
  public void serveAs(String path, String other) {
    files.put(path, file(other));
  }

  public void drop(String path) {
    file(path);
    files.remove(path);
  }

  /// Alters the newest file of a role and signs the result honestly.
  public void alter(RoleName role, UnaryOperator<Json.Obj> change) {
    var signed = current(role).signed();
    files.put(path(role), SignedFile.sign(change.apply(signed), signers(role)).bytes());
  }

  /// Signs the newest file of a role by other keys.
  public void signedBy(RoleName role, List<Signer> others) {
    files.put(path(role), SignedFile.sign(current(role).signed(), others).bytes());
  }

  /// The newest file of a role.
  public SignedFile current(RoleName role) {
    try {
      return SignedFile.read(file(path(role)), "simulated file");
    } catch (RepositoryException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Where the newest file of a role is served.
  public String path(RoleName role) {
    return RepositoryPaths.metadata(role, versions.getOrDefault(role, 1L), consistent);
  }

  private FileMeta promise(RoleName role) {
    var version = versions.getOrDefault(role, 1L);
    var bytes = file(path(role));
    return onlyVersions
        ? new FileMeta(version, null, null)
        : new FileMeta(version, (long) bytes.length, Hashes.of(bytes));
  }

  private Header header(RoleName role) {
    var version = versions.merge(role, 1L, Long::sum);
    return new Header(version, expiries.getOrDefault(role, born.plus(Duration.ofDays(30))), born);
  }

  private void serve(RoleName role, Json.Obj document, List<Signer> by) {
    files.put(path(role), SignedFile.sign(document, by).bytes());
  }
}
