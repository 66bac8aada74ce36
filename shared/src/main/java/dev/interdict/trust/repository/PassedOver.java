package dev.interdict.trust.repository;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The note of versions that are never to be signed again, as it is kept.
public final class PassedOver {
  /// How long such a note may be.
  public static final int MOST_BYTES = 16 << 10;

  private PassedOver() {}

  /// @param bytes the note, or null where there is none
  /// @throws IOException if it is damaged: taken for nothing, it would let a version be signed
  ///   twice
  public static SortedMap<RoleName, Long> read(byte @Nullable [] bytes) throws IOException {
    var passed = new TreeMap<RoleName, Long>();
    if (bytes == null) {
      return passed;
    }
    try {
      var faults = new ArrayList<Fault>();
      var fields = Fields.of(JsonReader.read(bytes, JsonLimits.OWN), faults);
      for (var role : List.copyOf(fields.names())) {
        passed.put(new RoleName(role), fields.integer(role, 1, (1L << 53) - 1));
      }
      if (!faults.isEmpty()) {
        throw new JsonException(faults.getFirst().toString());
      }
      return passed;
    } catch (JsonException | IllegalArgumentException e) {
      throw new IOException(e);
    }
  }

  /// The note with more versions in it.
  public static byte[] write(SortedMap<RoleName, Long> noted, Map<RoleName, Long> more) {
    var passed = new TreeMap<>(noted);
    more.forEach((role, version) -> passed.merge(role, version, Math::max));
    var written = Json.object();
    passed.forEach((role, version) -> written.put(role.value(), version));
    return JsonWriter.compact(written.build());
  }
}
