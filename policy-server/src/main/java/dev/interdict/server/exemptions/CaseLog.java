package dev.interdict.server.exemptions;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;

/// Where it is written down what was done to a case: in the audit log, and for other systems that
/// are told of it; of the same transaction as the deed. Thread-safe.
record CaseLog(Audit audit, InstantSource clock) {

  void add(Connection connection, Decider by, String action, ExemptionCase on, Json.Builder detail)
      throws SQLException {
    CaseRows.told(connection, action, on, by.name(), clock.instant());
    audit.append(connection, by.name(), action, on.id(), CaseRows.named(on, detail));
  }
}
