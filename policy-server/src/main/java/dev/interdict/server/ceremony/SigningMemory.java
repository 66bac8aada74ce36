package dev.interdict.server.ceremony;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.store.Secrets;
import dev.interdict.trust.DurableFile;
import dev.interdict.trust.metadata.Metadata;
import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a signer's machine remembers: the trust root that its owner was told, and the newest
/// version of each role that was signed here. With it a server that is somebody else's by now
/// cannot begin a draft from an old list and so bring back what was withdrawn since. Immutable.
///
/// @param trustRoot SHA-256 of the first root, 64 hex digits
/// @param signed by role, with the hash of the bytes that were signed
public record SigningMemory(String trustRoot, Map<RoleName, Signed> signed) {
  private static final int MOST_BYTES = 64 << 10;

  /// What was signed last for a role.
  ///
  /// @param payload SHA-256 of the signed bytes
  public record Signed(long version, String payload) {}

  public SigningMemory {
    signed = Map.copyOf(signed);
  }

  /// The memory in the file, or null if there is none yet.
  ///
  /// @throws IOException if it cannot be read or was damaged: better asked than guessed
  public static @Nullable SigningMemory load(Path file) throws IOException {
    var bytes = DurableFile.read(file, MOST_BYTES);
    if (bytes == null) {
      return null;
    }
    var faults = new ArrayList<Fault>();
    try {
      var fields = Fields.of(JsonReader.read(bytes, JsonLimits.OWN), faults);
      var trustRoot = fields.text("trust-root");
      var written = fields.object("signed");
      var signed = new TreeMap<RoleName, Signed>();
      for (var role : written.names().toArray(String[]::new)) {
        var one = written.object(role);
        signed.put(
            new RoleName(role),
            new Signed(one.integer("version", 1, 1L << 53), one.text("sha256")));
      }
      fields.end();
      if (faults.isEmpty()) {
        return new SigningMemory(trustRoot, signed);
      }
    } catch (JsonException e) {
      // As damaged as with faults.
    }
    throw new IOException(
        file + " is damaged; delete it and give --trust-root once more, as you were told it");
  }

  /// Writes it down.
  public void save(Path file) throws IOException {
    var written = Json.object();
    new TreeMap<>(signed)
        .forEach((role, one) ->
            written.put(
                role.value(),
                Json.object().put("version", one.version()).put("sha256", one.payload()).build()));
    DurableFile.write(
        file,
        JsonWriter.pretty(
            Json.object().put("trust-root", trustRoot).put("signed", written.build()).build()));
  }

  /// The memory after signing a draft's new files.
  public SigningMemory after(Inspected draft) {
    var all = new TreeMap<>(signed);
    draft.next().forEach((role, next) -> all.put(role, signed(next)));
    all.put(RoleName.ROOT, signed(draft.nextRoot() == null ? draft.root() : draft.nextRoot()));
    return new SigningMemory(trustRoot, all);
  }

  private static Signed signed(Metadata file) {
    return new Signed(file.version(), Secrets.hash(file.file().payload()));
  }

  /// Why the draft should not be signed by somebody with this memory, or null.
  public @Nullable String objection(Inspected draft) {
    for (var entry : draft.next().entrySet()) {
      var old = draft.before().get(entry.getKey());
      var why = old == null ? null : objection(entry.getKey(), old.version(), entry.getValue());
      if (why != null) {
        return why;
      }
    }
    var root = draft.nextRoot();
    return objection(RoleName.ROOT, draft.root().version(), root == null ? draft.root() : root);
  }

  private @Nullable String objection(RoleName role, long from, Metadata next) {
    var last = signed.get(role);
    if (last == null || signed(next).equals(last)) {
      return null;
    }
    if (from >= last.version()) {
      return null;
    }
    return "it begins from version "
        + from
        + " of "
        + role.encoded()
        + ", but you have signed version "
        + last.version()
        + ": what that changed would be undone unseen";
  }
}
