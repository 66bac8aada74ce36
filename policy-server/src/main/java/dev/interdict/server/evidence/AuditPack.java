package dev.interdict.server.evidence;

import dev.interdict.policy.Rule;
import dev.interdict.server.audit.AuditLog;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.failures.FailureFilter;
import dev.interdict.server.failures.FailureQueue;
import dev.interdict.server.failures.FailureRow;
import dev.interdict.server.publish.PolicyBundle;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import dev.interdict.trust.metadata.LogHead;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.Timestamp;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Makes archives of evidence. Thread-safe; never writes to the database.
public final class AuditPack {
  private final Database database;
  private final Publications publications;
  private final RepositoryFiles signed;
  private final Daily daily;
  private final AuditLog log;
  private final InstantSource clock;

  public AuditPack(
      Database database,
      Publications publications,
      RepositoryFiles signed,
      Daily daily,
      InstantSource clock) {
    this.database = database;
    this.publications = publications;
    this.signed = signed;
    this.daily = daily;
    this.log = new AuditLog(database);
    this.clock = clock;
  }

  /// Learns whose devices are shown, before they are.
  @FunctionalInterface
  public interface Shown {
    void devices(List<String> ids);
  }

  /// What is to be written, as it was when it was asked for.
  ///
  /// @param timestamp the signed one of the repository; null where there is no repository
  public record Ready(
      Asked asked, Instant known, Lists lists, LogRows rows, @Nullable Timestamp timestamp) {}

  /// Looks whether there is something to tell.
  ///
  /// @return empty if the period has not begun, or the rule was in force at no time of it so far
  /// @throws RepositoryException if what is signed does not verify
  public Optional<Ready> prepare(Asked asked) throws RepositoryException {
    var start = asked.period().start();
    var known = asked.period().known(clock.instant());
    if (!known.isAfter(start)) {
      return Optional.empty();
    }
    var lists = Lists.of(publications, start, known, asked.rule());
    if (asked.rule() != null && lists.rules().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Ready(
            asked,
            known,
            lists,
            LogRows.of(log, log.range(start, known)),
            signed.exists("timestamp.json") ? Repository.read(signed).timestamp() : null));
  }

  /// Writes the archive.
  ///
  /// @param turns of which one is had while the database is read for long
  /// @throws IOException if it cannot be written to its end; what was written is no archive
  public void write(Ready ready, OutputStream out, Semaphore turns, Shown shown)
      throws IOException {
    var asked = ready.asked();
    var start = asked.period().start();
    var known = ready.known();
    var events = new EventRows(database, asked.rule(), start, known);
    var words = new PackWords(asked.language());
    var archive = new Archive(out);
    archive.put("README.txt", Readme.of(ready, words, events.oldest()));
    archive.put("report.pdf", report(ready, words, turns));
    archive.put(
        "devices.csv",
        csv ->
            new DeviceRows(database, ready.lists().rules().keySet(), known)
                .table()
                .writeTo(csv, turns, rows -> shown.devices(DeviceRows.devices(rows))));
    archive.put(
        "exemptions.csv",
        csv ->
            new Exempted(database, asked.rule(), start, known)
                .table()
                .writeTo(csv, turns, _ -> {}));
    archive.put("events.csv", csv -> events.table().writeTo(csv, turns, _ -> {}));
    archive.put("audit.csv", csv -> ready.rows().table().writeTo(csv, turns, _ -> {}));
    archive.put("audit.chain", chain -> ready.rows().chain(chain, turns));
    archive.put("log-proof.json", ready.rows().proof(asked.period(), checkpoint(ready)));
    if (ready.timestamp() != null) {
      archive.put("timestamp.json", ready.timestamp().file().bytes());
    }
    lists(ready, archive);
    archive.end();
  }

  private static @Nullable LogHead checkpoint(Ready ready) {
    return ready.timestamp() == null ? null : ready.timestamp().log();
  }

  private void lists(Ready ready, Archive archive) throws IOException {
    var bundles = new PolicyBundle(publications, signed);
    for (var one : ready.lists().published()) {
      try {
        for (var file : bundles.content(one.serial()).orElseThrow().entrySet()) {
          archive.put("policies/" + one.serial() + "/" + file.getKey(), file.getValue());
        }
      } catch (RepositoryException e) {
        throw new IOException("the signed repository does not verify", e);
      }
    }
  }

  private byte[] report(Ready ready, PackWords words, Semaphore turns) {
    turns.acquireUninterruptibly();
    List<RuleChapter.Told> rules = new ArrayList<>();
    try {
      ready.lists().rules().values().forEach(rule -> rules.add(told(ready, rule)));
    } finally {
      turns.release();
    }
    var deeds = Deeds.of(log, ready.asked().period().start(), ready.known());
    return new PackReport(ready.asked(), ready.known(), ready.lists(), words)
        .write(rules, deeds, ready.rows(), ready.timestamp());
  }

  private RuleChapter.Told told(Ready ready, Rule rule) {
    var id = rule.id().value();
    var start = ready.asked().period().start();
    var exempted = new Exempted(database, id, start, ready.known());
    var open =
        new FailureFilter(
            Set.of(FailureRow.State.OPEN, FailureRow.State.RESOLVED),
            Terms.of(id),
            Terms.ALL,
            Terms.ALL,
            Terms.ALL,
            Terms.ALL,
            Terms.ALL,
            null,
            ready.known(),
            Scope.WHOLE,
            false);
    var queue = new FailureQueue(database);
    return new RuleChapter.Told(
        rule,
        Figures.of(database, daily, id, start, ready.known()),
        exempted.held(RuleChapter.MOST_CASES),
        exempted.heldCount(),
        queue.list(open, RuleChapter.MOST_FAILURES),
        queue.count(open));
  }
}
