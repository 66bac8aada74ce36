package dev.interdict.server.fleet.expected;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.BusyException;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.StoreException;
import dev.interdict.server.wording.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file on its way into the company's list: read, planned, then applied whole or not at all.
/// Not thread-safe; two imports at once do not see each other until one is applied, and the second
/// is planned anew against what the first left.
public final class ListImport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ListImport.class);

  private final Database database;
  private final Audit audit;
  private final ListFile file;
  private final RowChanges changes;
  private @Nullable Planned planned;

  private ListImport(Database database, Audit audit, ListFile file, RowChanges changes) {
    this.database = database;
    this.audit = audit;
    this.file = file;
    this.changes = changes;
  }

  /// Reads a file; the list stays as it is.
  ///
  /// @param silentBefore devices last heard before this count as gone with their entry
  /// @throws RefusedException if it is no device list
  static ListImport read(
      Database database,
      Audit audit,
      SecureRandom random,
      Instant now,
      Instant silentBefore,
      InputStream in,
      Charset charset)
      throws IOException {
    var file = new ListFile(database, random, now);
    try {
      var header = file.read(in, charset);
      var repeated =
          database.write(connection -> {
            var lines = RowMatching.repeated(connection, file.id());
            for (var fault : lines) {
              RowMatching.drop(connection, file.id(), fault.line());
            }
            return lines;
          });
      var seen = new HashSet<Long>();
      repeated.stream()
          .filter(fault -> seen.add(fault.line()))
          .forEach(fault -> file.fault(fault.line(), fault.why()));
      return new ListImport(database, audit, file, new RowChanges(file, header, now, silentBefore));
    } catch (IOException | RuntimeException e) {
      forget(database, file.id());
      throw e;
    }
  }

  /// What applying it would change, as the list was when this was first asked.
  public Plan plan() {
    if (planned == null) {
      // Kept only once it is committed, for the matching belongs to it.
      planned =
          database.write(connection -> {
            var version = ExpectedVersion.of(connection);
            RowMatching.match(connection, file.id());
            return new Planned(changes.count(connection), version);
          });
    }
    return planned.plan();
  }

  /// A plan, and the version of the list that it is about.
  private record Planned(Plan plan, long version) {}

  /// What was planned holds while the list stays as it was: matching and counting take longer than
  /// writing, and nobody else can write meanwhile.
  private Plan plan(Connection connection) throws SQLException {
    if (planned != null && planned.version() == ExpectedVersion.of(connection)) {
      return planned.plan();
    }
    RowMatching.match(connection, file.id());
    return changes.count(connection);
  }

  /// Applies it in one transaction, and brings devices in line with it in further ones.
  ///
  /// @param skipBad go on without the lines that cannot be used
  /// @param retireMissing retire entries that are not in the file
  /// @param confirmed how many entries the person knows to retire; needed above 5 %
  /// @return what changed
  /// @throws RefusedException if it must not be; nothing changed
  public Plan apply(String actor, boolean skipBad, boolean retireMissing, OptionalLong confirmed) {
    plan();
    var applied = written(actor, skipBad, retireMissing, confirmed);
    try {
      new Settling(database, audit, () -> false).run(changes.now());
    } catch (BusyException | StoreException e) {
      // The list holds: the housekeeping ends what follows from it.
      LOG.atWarn().setCause(e).log("devices are brought in line with the list later");
    }
    return applied;
  }

  private Plan written(
      String actor, boolean skipBad, boolean retireMissing, OptionalLong confirmed) {
    return database.write(connection -> {
      var plan = plan(connection);
      if (plan.bad() > 0 && !skipBad) {
        throw new RefusedException(
            Sentence.of(
                "list.bad-lines",
                "%s lines cannot be used, so nothing was applied; see the plan, or say --skip-bad",
                plan.bad()));
      }
      if (plan.bad() > 0 && retireMissing) {
        throw new RefusedException(
            Sentence.of(
                "list.bad-and-missing",
                "a line that cannot be used may be about a device that would count as missing; mend"
                    + " the file before you retire what is missing"));
      }
      if (plan.rows() == 0) {
        throw new RefusedException(Sentence.of("list.nobody", "the file names no device"));
      }
      var retiring = plan.retiring(retireMissing);
      if (plan.retiresMany(retireMissing)
          && (confirmed.isEmpty() || confirmed.getAsLong() != retiring)) {
        throw new RefusedException(
            Sentence.of(
                "list.many-leave",
                "%s of %s expected devices would leave the fleet; if that is so, say --yes-retire"
                    + " %s",
                retiring,
                plan.counting(),
                retiring));
      }
      if (plan.added() + plan.returning() + plan.changed() + retiring > 0) {
        changes.write(connection, actor, plan, retireMissing);
      }
      audit.append(
          connection,
          actor,
          "fleet.import",
          file.id(),
          Json.object()
              .put("added", plan.added())
              .put("returning", plan.returning())
              .put("changed", plan.changed())
              .put("retired", retiring)
              .put("missing", plan.missing())
              .put("skipped", plan.bad())
              .build());
      return plan;
    });
  }

  private static void forget(Database database, String id) {
    database.write(
        connection -> Sql.update(connection, "delete from expected_row where import_id = ?", id));
  }

  /// Forgets the file.
  @Override
  public void close() {
    forget(database, file.id());
  }
}
