package dev.interdict.server.main;

import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.ApiTokens;
import dev.interdict.server.access.BreakGlass;
import dev.interdict.server.access.CommandLines;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.SecondFactors;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.History;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.fleet.expected.Admissions;
import dev.interdict.server.fleet.expected.ExpectedFleet;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.RepositoryRows;
import dev.interdict.server.publish.Setback;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Leases;
import dev.interdict.server.store.Sealing;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// The slices over one open database, for the listeners, the pages and the commands of an admin.
public record Parts(
    Database database,
    InstantSource clock,
    Audit audit,
    Compliance compliance,
    History history,
    EnrolmentTokens tokens,
    ExpectedFleet expected,
    Admissions admissions,
    Looks looks,
    RepositoryFiles signed,
    Leases leases,
    Setback setback,
    Sealing sealing,
    Accounts accounts,
    SecondFactors factors,
    BreakGlass breakGlass,
    Sessions sessions,
    ApiTokens apiTokens,
    CommandLines commandLines,
    Gate gate)
    implements AutoCloseable {

  /// Opens the database of `config` and puts the slices on it.
  ///
  /// @throws dev.interdict.server.store.StoreException if it cannot be opened
  public static Parts open(ServerConfig config, SecureRandom random, InstantSource clock) {
    return over(Database.open(config.database()), config, random, clock);
  }

  /// Puts the slices on a database that is open, and closes it with them.
  public static Parts over(
      Database database, ServerConfig config, SecureRandom random, InstantSource clock) {
    var audit = new Audit(database, clock);
    return over(new Accounts(database, audit, random, clock), database, config, random, clock);
  }

  static Parts over(
      Accounts accounts,
      Database database,
      ServerConfig config,
      SecureRandom random,
      InstantSource clock) {
    var audit = new Audit(database, clock);
    var compliance = new Compliance(database, clock, config.silentAfter());
    var signed = signed(database, config.repository());
    var sealing = new Sealing(config.access().sealingKey(), () -> sealed(database), random);
    var factors = new SecondFactors(database, audit, sealing, random, clock);
    var apiTokens = new ApiTokens(database, audit, random, clock);
    var sessions = new Sessions(database, accounts, factors, audit, random, clock);
    return new Parts(
        database,
        clock,
        audit,
        compliance,
        new History(database, compliance),
        new EnrolmentTokens(database, audit, random, clock),
        new ExpectedFleet(database, audit, random, clock, config.silentAfter()),
        new Admissions(database, audit, clock, config.silentAfter()),
        new Looks(database, audit, clock),
        signed,
        new Leases(database),
        new Setback(new Publications(database, audit, clock), () -> Repository.read(signed)),
        sealing,
        accounts,
        factors,
        new BreakGlass(database, audit, random, clock),
        sessions,
        apiTokens,
        new CommandLines(database, sessions, accounts, audit, random, clock),
        new Gate(sessions, apiTokens, clock));
  }

  /// All that is kept and has to be read again: secrets of codes, and where webhooks go.
  private static List<Sealing.Kept> sealed(Database database) {
    return database.read(handle ->
        handle
            .createQuery(
                "select account as about, sealed from account_totp union all select webhook_id,"
                    + " sealed from webhook")
            .map((row, _) -> new Sealing.Kept(row.getString(1), row.getString(2)))
            .list());
  }

  /// Where it is decided what is published: in the database that several servers share, else in the
  /// folder itself.
  private static RepositoryFiles signed(Database database, Path folder) {
    return database.isShared() ? new RepositoryRows(database, folder) : Repository.files(folder);
  }

  @Override
  public void close() {
    database.close();
  }
}
