package dev.interdict.server.publish;

import dev.interdict.report.DeviceId;
import dev.interdict.server.fleet.Holdings;
import dev.interdict.server.wording.Sentence;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.trust.repository.RepositoryState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signs that this server was set back to an old backup: devices hold signed files that are
/// newer than any here. What they hold goes on being enforced there; nothing is published again at
/// or below it, or two files would go by one number.
///
/// What a device says is a claim: it can make numbers be skipped, a bounded way, and makes an admin
/// look, but changes nothing that is in force, and keeps nobody from holding everything. An admin
/// who has looked may stop believing it. Thread-safe.
public final class Setback implements Holdings {
  private static final Logger LOG = LoggerFactory.getLogger(Setback.class);

  /// A device that says more than this beyond what is here is not believed: an hourly timestamp
  /// takes eleven years for it.
  static final long MOST = 100_000;

  /// As whom a restoration says that something was published since: no key has this id.
  public static final DeviceId BACKUP = new DeviceId("0".repeat(32));

  /// How many numbers are passed over of what may have been published since a backup was made.
  static final long SINCE_BACKUP = 1_000;

  /// How old what was read of the repository may be before a claim is held against it.
  private static final Duration FRESH = Duration.ofSeconds(5);

  /// What is seldom signed, and by people: where nothing was signed since the backup they could
  /// only be asked for the same again. A device that holds a newer one says so.
  private static final Set<String> OF_PEOPLE =
      Set.of(RoleName.ROOT.encoded(), RoleName.TARGETS.encoded());

  /// What holds no decision of anybody: its numbers may be skipped without asking.
  private static final Set<String> NUMBERS =
      Set.of(RoleName.SNAPSHOT.encoded(), RoleName.TIMESTAMP.encoded());

  private final Publications publications;
  private final States states;
  private volatile Map<String, Long> newest = Map.of();
  private Instant read = Instant.MIN;
  private long failed;

  /// What the repository says now.
  @FunctionalInterface
  public interface States {
    RepositoryState now() throws RepositoryException;
  }

  /// What devices hold that is newer than here.
  ///
  /// @param role of the signed metadata, or [Holdings#SERIAL]
  /// @param here the newest version here
  /// @param held the newest that a device says it holds
  /// @param devices how many hold one that is newer than here
  /// @param example one of them that holds the newest
  public record Claim(String role, long here, long held, long devices, String example) {}

  public Setback(Publications publications, States states) {
    this.publications = publications;
    this.states = states;
  }

  @Override
  public void coming(SortedMap<String, Long> versions, Instant now) {
    var known = newest;
    if (known.isEmpty() || !newer(versions, known).isEmpty()) {
      refresh(now);
    }
  }

  @Override
  public void heard(
      Connection connection, DeviceId device, SortedMap<String, Long> versions, Instant now)
      throws SQLException {
    for (var claim : newer(versions, newest).entrySet()) {
      publications.claims().note(connection, device, claim.getKey(), claim.getValue(), now);
      LOG.atWarn()
          .addKeyValue("device", device)
          .addKeyValue("role", claim.getKey())
          .addKeyValue("version", claim.getValue())
          .log("a device holds a newer signed file than this server; see: interdict recover");
    }
  }

  /// This server was just restored from a backup: nobody knows what was published since, and
  /// whatever is published before devices were heard may go by a number that they have passed. So
  /// it counts as if one had said so, until an admin has looked. Numbers of what holds no decision
  /// are passed over at once: devices take nothing, not even a stop, under numbers they have
  /// passed.
  ///
  /// @throws RepositoryException if what was restored cannot be read
  public void restored(Instant now) throws RepositoryException {
    var versions = new TreeMap<String, Long>();
    here()
        .forEach((role, version) -> {
          if (!OF_PEOPLE.contains(role)) {
            versions.put(role, version + SINCE_BACKUP);
          }
        });
    publications.claims().restored(BACKUP, versions, now);
  }

  /// Whether no device that this server knows was in contact since it was restored, though it knows
  /// some: so that none says that anything was published since does not mean that nothing was.
  public boolean isUnheard() {
    return publications.claims().areUnheardSince(BACKUP);
  }

  /// Whether this server was restored and nobody has looked since.
  public boolean isRestored() throws RepositoryException {
    return claims().stream().anyMatch(Setback::isOfBackup);
  }

  private static boolean isOfBackup(Claim claim) {
    return claim.example().equals(BACKUP.value());
  }

  private static SortedMap<String, Long> newer(Map<String, Long> claimed, Map<String, Long> here) {
    var newer = new TreeMap<String, Long>();
    claimed.forEach((role, version) -> {
      var known = here.get(role);
      if (known != null && version > known && version <= known + MOST) {
        newer.put(role, version);
      }
    });
    return newer;
  }

  private synchronized void refresh(Instant now) {
    if (Duration.between(read, now).abs().compareTo(FRESH) >= 0) {
      try {
        newest = here();
        read = now;
        if (failed > 0) {
          LOG.atInfo()
              .addKeyValue("reports-meanwhile", failed)
              .log("what is published here can be read again");
          failed = 0;
        }
      } catch (RepositoryException | RuntimeException e) {
        // Each report comes here, and one trace says it all.
        if (failed++ == 0) {
          LOG.atWarn()
              .setCause(e)
              .log("what is published here cannot be read; this is said once, and when it can");
        }
      }
    }
  }

  private Map<String, Long> here() throws RepositoryException {
    var state = states.now();
    var here = new TreeMap<String, Long>();
    here.put(RoleName.ROOT.encoded(), state.trusted().root().version());
    here.put(RoleName.TIMESTAMP.encoded(), state.timestamp().version());
    here.put(RoleName.SNAPSHOT.encoded(), state.snapshot().version());
    state.roles().forEach((role, file) -> here.put(role.encoded(), file.version()));
    here.put(SERIAL, publications.lastSerial());
    return here;
  }

  /// What devices hold that is newer than all that is here now, and what a restoration stands for.
  public List<Claim> claims() throws RepositoryException {
    return claims("");
  }

  /// What devices say themselves that they hold.
  public List<Claim> heard() throws RepositoryException {
    return claims(BACKUP.value());
  }

  private List<Claim> claims(String but) throws RepositoryException {
    var here = here();
    var claims = new ArrayList<Claim>();
    here.forEach((role, version) -> {
      var claim = publications.claims().of(role, version, version + MOST, but);
      if (claim != null) {
        claims.add(claim);
      }
    });
    return claims;
  }

  /// Stops believing what a device says it holds, for good.
  ///
  /// @return false if it said nothing of the kind
  public boolean disbelieve(String actor, DeviceId device) {
    return publications.claims().disbelieve(actor, device);
  }

  /// The versions to be skipped so that everything can be held at once. Whatever the controls that
  /// are not here say, more than everything they do not hold.
  Map<RoleName, Long> numbersOfStop() throws RepositoryException {
    var controls = RepositoryPlan.CONTROLS.encoded();
    return roles(
        claims().stream()
            .filter(claim -> NUMBERS.contains(claim.role()) || claim.role().equals(controls))
            .toList());
  }

  /// The versions to be skipped of what holds no decision of anybody.
  Map<RoleName, Long> numbers() throws RepositoryException {
    return roles(claims().stream().filter(claim -> NUMBERS.contains(claim.role())).toList());
  }

  /// Those of `claims` that are of the signed metadata.
  static Map<RoleName, Long> roles(List<Claim> claims) {
    var roles = new TreeMap<RoleName, Long>();
    for (var claim : claims) {
      if (!claim.role().equals(SERIAL)) {
        roles.put(new RoleName(claim.role()), claim.held());
      }
    }
    return roles;
  }

  /// The roles of which devices hold a newer file, with decisions that are not here: signed again,
  /// what is here would take the place of those.
  Set<RoleName> behind() throws RepositoryException {
    return roles(claims().stream().filter(claim -> !NUMBERS.contains(claim.role())).toList())
        .keySet();
  }

  /// Why nothing can be published before people look, or null.
  public PublishOutcome.@Nullable Refused refusal() throws RepositoryException {
    for (var claim : heard()) {
      if (isAhead(claim)) {
        return new PublishOutcome.Refused(
            PublishOutcome.Reason.CONFLICT,
            Sentence.of(
                "publish.set-back",
                "devices hold %s %s, and the newest here is %s: this server was set back to an old"
                    + " backup and does not know what was published since, unless those devices do"
                    + " not tell the truth; see: interdict recover. Everything can be held all the"
                    + " same: interdict pause --all",
                name(claim.role()),
                claim.held(),
                claim.here()));
      }
    }
    return claims().stream().anyMatch(claim -> isOfBackup(claim) && isAhead(claim))
        ? new PublishOutcome.Refused(
            PublishOutcome.Reason.CONFLICT,
            Sentence.of(
                "publish.restored",
                "this server was restored from a backup, and workstations may hold what was"
                    + " published since: let them be in contact once, then see: interdict recover."
                    + " Everything can be held all the same: interdict pause --all"))
        : null;
  }

  private boolean isAhead(Claim claim) {
    return !NUMBERS.contains(claim.role())
        && claim.held() > publications.claims().passedOver(claim.role());
  }

  private static String name(String role) {
    return role.equals(SERIAL) ? "list serial" : "version of the role " + role;
  }
}
