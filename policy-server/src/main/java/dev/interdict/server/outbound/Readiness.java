package dev.interdict.server.outbound;

import dev.interdict.json.Json;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether this server can do its work now, for whoever sends it traffic: its database answers, its
/// disk has room, its clock can be signed, and the signed files that it serves are there.
/// Thread-safe.
final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  /// Less would not do for a day's reports of a small fleet.
  private static final long ROOM = 200L << 20;

  private final Database database;
  private final InstantSource signedTime;
  private final Path repository;

  /// @param signedTime throws where this machine's clock is in doubt
  /// @param repository the folder of signed files
  Readiness(Database database, InstantSource signedTime, Path repository) {
    this.database = database;
    this.signedTime = signedTime;
    this.repository = repository;
  }

  private interface Check {
    boolean holds() throws IOException;
  }

  /// 200, or 503 with what is wrong.
  HttpResponse answer() {
    var checks = new LinkedHashMap<String, Boolean>();
    checks.put("database", holds(() -> database.first("select 1", row -> row.getInt(1)) != null));
    checks.put("disk", holds(() -> Files.getFileStore(repository).getUsableSpace() >= ROOM));
    checks.put("signing-time", holds(() -> signedTime.instant() != null));
    checks.put("signed-files", holds(() -> Files.size(repository.resolve("timestamp.json")) > 0));
    var ready = checks.values().stream().allMatch(each -> each);
    return HttpResponse.json(ready ? 200 : 503, json(ready, checks));
  }

  private static boolean holds(Check check) {
    try {
      return check.holds();
    } catch (IOException | RuntimeException e) {
      LOG.atDebug().setCause(e).log("not ready");
      return false;
    }
  }

  private static Json json(boolean ready, Map<String, Boolean> checks) {
    var all = Json.object();
    checks.forEach(all::put);
    return Json.object().put("ready", ready).put("checks", all.build()).build();
  }
}
