package dev.interdict.server.access;

import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Accounts whose passwords are hashed with hardly any work, for tests of what comes after signing
/// in: at full strength half of what such a test computes would be that. Nothing that is shipped
/// can make them.
public final class EasyAccounts {
  private static final Passwords.Work EASY = new Passwords.Work(8, 1);

  private EasyAccounts() {}

  /// Over that database, as [Accounts] else.
  public static Accounts of(Database database, SecureRandom random, InstantSource clock) {
    var passwords = new Passwords(random, EASY);
    return new Accounts(database, new Audit(database, clock), passwords, clock);
  }
}
