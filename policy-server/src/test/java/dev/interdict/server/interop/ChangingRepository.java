package dev.interdict.server.interop;

import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Stop;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.Header;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.TargetFile;
import dev.interdict.trust.metadata.Targets;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Holders;
import dev.interdict.trust.repository.OnlineSigners;
import dev.interdict.trust.repository.Publication;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// A company's repository on its way through everything that changes in one: lists, keys,
/// thresholds, delegations. After each step it knows what every client must read.
final class ChangingRepository {
  private static final RoleName DIVISION = new RoleName("div-rnd");
  static final String OF_DIVISION = "blocklist/div/rnd/list.json";
  private static final String EXEMPTIONS = Exemptions.pathFor("0".repeat(32));

  private final SecureRandom random = new SecureRandom();
  private final Signer firstRoot = signer();
  private final Signer targets = signer();
  private final List<Signer> roots = List.of(signer(), signer(), signer());
  private final List<Signer> publishers = List.of(signer(), signer(), signer());
  private final Signer firstPublisher = signer();
  private final Signer exemptions = signer();
  private final Signer controls = signer();
  private final Signer time = signer();
  private final Map<String, byte[]> expected = new TreeMap<>();
  private List<Signer> signing = List.of(firstPublisher);
  private Repository repository;
  private int lists;

  ChangingRepository(Path folder) throws RepositoryException {
    var plan =
        new RepositoryPlan(
            Holders.of(1, firstRoot),
            Holders.of(1, targets),
            RepositoryPlan.roles(
                Holders.of(1, firstPublisher), Holders.of(1, exemptions), Holders.of(1, controls)),
            new OnlineSigners(signer(), signer()),
            time.key(),
            Expiries.STANDARD);
    repository = Repository.create(folder, plan, InstantSource.system());
  }

  /// What happens, in this order.
  Map<String, Callable<Object>> steps() {
    var steps = new java.util.LinkedHashMap<String, Callable<Object>>();
    steps.put("it is new", () -> repository);
    steps.put("lists are published", this::publishAll);
    steps.put("the root has other keys, two of three", this::rotateRoot);
    steps.put("a snapshot is signed again", () -> repository.resignSnapshot());
    steps.put("the blocklist has another key", () -> delegate(List.of(publishers.getFirst()), 1));
    steps.put("a list follows", this::publishList);
    steps.put("the blocklist needs two of three", () -> delegate(publishers, 2));
    steps.put("another list follows", this::publishList);
    steps.put("a division has its own list", this::addDivision);
    steps.put("a timestamp is signed again", () -> repository.resignTimestamp());
    steps.put("all lists change", this::publishAll);
    return steps;
  }

  /// What clients must read now, by target path.
  Map<String, byte[]> expected() {
    return new TreeMap<>(expected);
  }

  /// Every target there ever is.
  List<String> paths() {
    return List.of(Blocklist.PATH, Stop.PATH, EXEMPTIONS, OF_DIVISION);
  }

  byte[] initialRoot() throws RepositoryException {
    return repository.initialRoot();
  }

  private Signer signer() {
    return Ed25519Signer.generate(random);
  }

  private Object publishAll() throws RepositoryException {
    publishList();
    put(RepositoryPlan.CONTROLS, Stop.PATH, List.of(controls));
    return put(RepositoryPlan.EXEMPTIONS, EXEMPTIONS, List.of(exemptions));
  }

  private Object publishList() throws RepositoryException {
    return put(RepositoryPlan.BLOCKLIST, Blocklist.PATH, signing);
  }

  private Object put(RoleName role, String path, List<Signer> signers) throws RepositoryException {
    var content = content(path);
    var state = repository.publish(role, path, content, signers);
    expected.put(path, content);
    return state;
  }

  private byte[] content(String path) {
    return (path + " number " + ++lists + ", 安全\n").getBytes(StandardCharsets.UTF_8);
  }

  private Object rotateRoot() throws RepositoryException {
    var online = new OnlineSigners(signer(), signer());
    var roles = new HashMap<>(repository.state().trusted().root().roles());
    roles.put(RoleName.ROOT, keys(roots, 2));
    roles.put(RoleName.SNAPSHOT, keys(List.of(online.snapshot()), 1));
    roles.put(RoleName.TIMESTAMP, keys(List.of(online.timestamp()), 1));
    var root =
        repository
            .preparation()
            .root(roles, keys(List.of(time), 1))
            .signedBy(firstRoot)
            .signedBy(roots.get(0))
            .signedBy(roots.get(2));
    repository = repository.rotateRoot(root, Publication.NOTHING, online);
    return repository;
  }

  private Object delegate(List<Signer> holders, int threshold) throws RepositoryException {
    var delegations = new ArrayList<Delegation>();
    for (var delegation : repository.state().role(RoleName.TARGETS).delegations()) {
      delegations.add(
          delegation.role().equals(RepositoryPlan.BLOCKLIST)
              ? new Delegation(
                  delegation.role(), keys(holders, threshold), delegation.paths(), true)
              : delegation);
    }
    signing = holders.subList(holders.size() - threshold, holders.size());
    var top = repository.preparation().delegations(RoleName.TARGETS, delegations).signedBy(targets);
    var list = repository.preparation().next(RepositoryPlan.BLOCKLIST, Map.of(), List.of());
    return repository.publish(
        new Publication(
            Map.of(
                RoleName.TARGETS,
                top,
                RepositoryPlan.BLOCKLIST,
                SignedFile.sign(list.signed(), signing)),
            Map.of()));
  }

  private Object addDivision() throws RepositoryException {
    var delegations = new ArrayList<>(repository.state().role(RoleName.TARGETS).delegations());
    delegations.add(
        new Delegation(
            DIVISION,
            keys(publishers, 1),
            new Delegation.Patterns(List.of("blocklist/div/rnd/*")),
            true));
    var top = repository.preparation().delegations(RoleName.TARGETS, delegations).signedBy(targets);
    var content = content(OF_DIVISION);
    var now = Instant.now();
    var list =
        Targets.write(
            new Header(1, now.plus(Duration.ofDays(30)), now),
            Map.of(OF_DIVISION, TargetFile.of(content)),
            List.of());
    var state =
        repository.publish(
            new Publication(
                Map.of(
                    RoleName.TARGETS,
                    top,
                    DIVISION,
                    SignedFile.sign(list, List.of(publishers.get(1)))),
                Map.of(OF_DIVISION, content)));
    expected.put(OF_DIVISION, content);
    return state;
  }

  private static RoleKeys keys(List<Signer> signers, int threshold) {
    return new RoleKeys(signers.stream().map(Signer::key).toList(), threshold);
  }
}
