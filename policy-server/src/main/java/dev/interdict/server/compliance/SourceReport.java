package dev.interdict.server.compliance;

import dev.interdict.json.JsonException;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedRule;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A report whose exact bytes, which its device signed, are still kept. Immutable.
///
/// @param received when it came, by this server's clock
/// @param hash the SHA-256 of its bytes, in hex, as it was written down when it came
/// @param intact whether the bytes that are kept give that hash
/// @param composed when it was made, by the time that its device trusts; null where the bytes
///   cannot be read
/// @param having the rules whose software it says is there
public record SourceReport(
    long sequence,
    Instant received,
    String hash,
    boolean intact,
    @Nullable Instant composed,
    Set<String> having) {
  public SourceReport {
    having = Set.copyOf(having);
  }

  /// The last one of a device, and those that came at one of `times`; oldest first.
  static List<SourceReport> of(Handle handle, DeviceId device, Collection<Instant> times) {
    var came = new LinkedHashMap<String, Object>();
    times.forEach(time -> came.put("came" + came.size(), time.toEpochMilli()));
    var at =
        came.isEmpty() ? "" : " or received_at in (:" + String.join(", :", came.keySet()) + ")";
    return handle
        .createQuery(
            "select sequence, received_at, hash, body from report where device_id = :id and"
                + " (sequence = (select sequence from device where device_id = :id)"
                + at
                + ") order by sequence")
        .bind("id", device.value())
        .bindMap(came)
        .map((row, _) -> read(row))
        .list();
  }

  private static SourceReport read(ResultSet row) throws SQLException {
    var body = row.getString("body").getBytes(StandardCharsets.UTF_8);
    var hash = row.getString("hash");
    var report = report(body);
    return new SourceReport(
        row.getLong("sequence"),
        Instant.ofEpochMilli(row.getLong("received_at")),
        hash,
        ReportJson.hash(body).equals(hash),
        report == null ? null : report.at(),
        report == null
            ? Set.of()
            : report.rules().stream()
                .filter(rule -> rule.state().hasIt())
                .map(ReportedRule::rule)
                .collect(Collectors.toSet()));
  }

  private static @Nullable Report report(byte[] body) {
    try {
      return ReportJson.read(body);
    } catch (JsonException e) {
      return null;
    }
  }
}
