package dev.interdict.trust.metadata;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Which snapshot is the current one (specification 1.0.34, section 4.6).
///
/// @param log how far the audit log was; null where it is not told
public record Timestamp(SignedFile file, Header header, FileMeta snapshot, @Nullable LogHead log)
    implements Metadata {
  private static final String SNAPSHOT = "snapshot.json";

  public static Timestamp read(byte[] bytes) throws RepositoryException {
    var what = "timestamp metadata";
    var file = SignedFile.read(bytes, what);
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(file.signed(), faults);
    var header = Header.read(fields, "timestamp");
    var meta = fields.object("meta");
    var snapshot = FileMeta.read(meta.object(SNAPSHOT));
    meta.end();
    var log = LogHead.read(fields);
    Header.check(what, faults);
    return new Timestamp(file, header, snapshot, log);
  }

  /// The document of a new timestamp.
  public static Json.Obj write(Header header, FileMeta snapshot) {
    return write(header, snapshot, null);
  }

  /// The same, which tells how far the audit log is.
  public static Json.Obj write(Header header, FileMeta snapshot, @Nullable LogHead log) {
    var document =
        header
            .write("timestamp")
            .put("meta", Json.object().put(SNAPSHOT, snapshot.write()).build());
    if (log != null) {
      document.put(LogHead.FIELD, log.write());
    }
    return document.build();
  }
}
