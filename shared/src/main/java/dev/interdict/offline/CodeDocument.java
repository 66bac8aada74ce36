package dev.interdict.offline;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.DeviceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The signed document by which devices know the server's key for codes, and which codes are ended
/// before their time. Signed online, as exemptions are: whoever can sign it can exempt anyhow.
///
/// @param publicKey of the [CodeKey]
/// @param ended [#mark]s of codes whose exemption somebody ended
public record CodeDocument(String publicKey, SortedSet<String> ended) {
  /// Where it lies among the signed files.
  public static final String PATH = "exemptions/codes.json";

  private static final int FORMAT = 1;
  private static final Pattern MARK = Pattern.compile("[0-9a-f]{16}");

  /// @throws IllegalArgumentException if the key or a mark has another shape
  public CodeDocument(String publicKey, Set<String> ended) {
    this(publicKey, new TreeSet<>(ended));
  }

  public CodeDocument {
    CodeKey.read(publicKey);
    ended.forEach(CodeDocument::checked);
    ended = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(ended));
  }

  /// What stands for one code of one device, for others to make nothing of.
  ///
  /// @param name as [Challenge#name] has it
  public static String mark(DeviceId device, String name) {
    var hash = Hashes.sha256((device + "\n" + name).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 8);
  }

  /// Reads a verified document.
  ///
  /// @throws JsonException if it is not understood
  public static CodeDocument read(byte[] document) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(document, JsonLimits.OWN), faults);
    fields.integer("format", FORMAT, FORMAT);
    var key = fields.text("key");
    var ended = fields.texts("ended");
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("codes not understood: " + faults.getFirst());
    }
    try {
      return new CodeDocument(key, Set.copyOf(ended));
    } catch (IllegalArgumentException e) {
      throw new JsonException("codes not understood: " + e.getMessage());
    }
  }

  /// The same content is always the same bytes.
  public byte[] write() {
    return JsonWriter.compact(
        Json.object()
            .put("format", FORMAT)
            .put("key", publicKey)
            .put("ended", ended.stream().<Json>map(Json.Text::new).toList())
            .build());
  }

  private static void checked(String mark) {
    if (!MARK.matcher(mark).matches()) {
      throw new IllegalArgumentException("a code is marked by 16 hex digits");
    }
  }
}
