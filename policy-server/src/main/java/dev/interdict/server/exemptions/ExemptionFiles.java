package dev.interdict.server.exemptions;

import dev.interdict.json.Json;
import dev.interdict.offline.CodeDocument;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.ExemptionShards;
import dev.interdict.policy.Refusal;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.Keyring;
import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.publish.Setback;
import dev.interdict.server.store.Database;
import dev.interdict.server.wording.Sentence;
import dev.interdict.trust.keys.SigningException;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.TargetFile;
import dev.interdict.trust.repository.Publication;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.trust.repository.RepositoryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The signed shards, made of the rows in force and of nothing else. Signed with the server's own
/// key: they can only make agents do less.
///
/// Whoever publishes makes all of them equal to the database, so what a crash left behind is
/// published by the next to come, in whichever process. Thread-safe.
public final class ExemptionFiles {
  /// How often somebody else may be faster before this one gives up.
  private static final int ATTEMPTS = 10;

  private final Database database;
  private final Audit audit;
  private final Repository repository;
  private final Function<RepositoryState, Keyring> keys;
  private final Setback setback;

  /// @param keys the keys to sign with in a state of the repository
  /// @param setback knows whether devices hold newer exemptions than this server
  public ExemptionFiles(
      Database database,
      Audit audit,
      Repository repository,
      Function<RepositoryState, Keyring> keys,
      Setback setback) {
    this.database = database;
    this.audit = audit;
    this.repository = repository;
    this.keys = keys;
    this.setback = setback;
  }

  /// Why nothing could be published just now, or null. To be asked before a decision is written
  /// down.
  public @Nullable Refused hindrance() {
    try {
      var refused = setback.refusal();
      if (refused == null) {
        keys.apply(repository.state()).need(KeyRole.EXEMPTIONS);
      }
      return refused;
    } catch (RepositoryException e) {
      return new Refused(Reason.TRUST, String.valueOf(e.getMessage()));
    }
  }

  /// Makes the signed shards say what the database says; nothing where they do.
  ///
  /// @param actor who causes it, for the audit log
  /// @return why it is not published, or null
  public @Nullable Refused publish(String actor) {
    try {
      for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
        var state = repository.state();
        var wanted = wanted(state);
        if (changed(state, wanted).isEmpty()) {
          return null;
        }
        var hindered = setback.refusal();
        if (hindered != null) {
          return hindered;
        }
        if (shown(state, wanted, actor)) {
          return null;
        }
      }
      return new Refused(
          Reason.CONFLICT,
          Sentence.of(
              "publish.others", "others publish again and again at the same moment; try again"));
    } catch (RepositoryException | SigningException e) {
      return new Refused(Reason.TRUST, String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      // A clock that went back, say.
      return new Refused(Reason.TRUST, String.valueOf(e.getMessage()));
    }
  }

  /// Whether it was shown; false where somebody else was faster.
  private boolean shown(RepositoryState state, SortedMap<String, byte[]> wanted, String actor)
      throws RepositoryException {
    var changed = changed(state, wanted);
    var own = keys.apply(state);
    var current = repository.with(own.online());
    var role = RepositoryPlan.EXEMPTIONS;
    var prepared = current.preparation().next(role, changed, List.of());
    var file = SignedFile.sign(prepared.signed(), List.of(own.need(KeyRole.EXEMPTIONS)));
    // Prepared first and compared then: whoever decides after this comparison publishes after it,
    // and of two that were made from one state the repository takes one.
    if (!promises(wanted(state)).equals(promises(wanted))) {
      return false;
    }
    try {
      var after = current.publish(new Publication(Map.of(role, file), changed));
      noted(actor, after.role(role).version(), changed.size());
      return true;
    } catch (RepositoryException e) {
      if (e.family() == RepositoryException.Family.ROLLBACK) {
        return false;
      }
      throw e;
    }
  }

  /// All shards by path, and what devices know of one-time codes: those with answers, and those
  /// that were published before and have none now.
  private SortedMap<String, byte[]> wanted(RepositoryState state) {
    var granted = new ArrayList<Exemption>();
    var refused = new ArrayList<Refusal>();
    for (var one : new Cases(database).inForce()) {
      if (one.state() == CaseState.GRANTED) {
        granted.add(one.exemption());
      } else {
        refused.add(one.refusal());
      }
    }
    var wanted = new TreeMap<>(ExemptionShards.of(granted, refused));
    var codes = new IssuedCodes(database).document();
    if (codes != null) {
      wanted.put(CodeDocument.PATH, codes.write());
    }
    for (var path : state.role(RepositoryPlan.EXEMPTIONS).targets().keySet()) {
      wanted.putIfAbsent(path, ExemptionShards.empty());
    }
    return wanted;
  }

  private static SortedMap<String, byte[]> changed(
      RepositoryState state, SortedMap<String, byte[]> wanted) {
    var targets = state.role(RepositoryPlan.EXEMPTIONS).targets();
    var changed = new TreeMap<>(wanted);
    changed
        .entrySet()
        .removeIf(one -> TargetFile.of(one.getValue()).equals(targets.get(one.getKey())));
    return changed;
  }

  private static Map<String, TargetFile> promises(SortedMap<String, byte[]> shards) {
    var promises = new TreeMap<String, TargetFile>();
    shards.forEach((path, content) -> promises.put(path, TargetFile.of(content)));
    return promises;
  }

  private void noted(String actor, long version, int shards) {
    database.write(connection ->
        audit.append(
            connection,
            actor,
            "exemptions.publish",
            "version " + version,
            Json.object().put("shards", shards).build()));
  }
}
